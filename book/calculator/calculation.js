/* What may be entered, points, survival with limits: the formulas of the Python package, and nothing of the page.
   A model is what `prediction_model.py` writes; a patient maps the id of each term to a number or a level. */
const calculator = {};

(() => {
  "use strict";

  const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

  /* Columns of the design: a number as it is, a level as one 0 or 1 for each level but the reference. */
  const columns = (term, value) => (term.contrasts ? term.contrasts.map((level) => Number(level === value)) : [value]);

  function coefficients(model, term) {
    const before = model.terms.slice(0, model.terms.indexOf(term));
    const start = before.reduce((sum, other) => sum + (other.contrasts ? other.contrasts.length : 1), 0);
    return model.coef.slice(start, start + (term.contrasts ? term.contrasts.length : 1));
  }

  calculator.points = (model, term, value) =>
    (dot(columns(term, value), coefficients(model, term)) - term.lowest) * model.points_per_log_hr;

  /* Steps of the survival curve from time 0 on, each with its limits exp(-H ± z se(H)), cut at 1. */
  calculator.curve = (model, patient) => {
    const { time, hazard, variance, mean } = model.baseline;
    const x = model.terms.flatMap((term) => columns(term, patient[term.id])).map((value, i) => value - model.centre[i]);
    const ratio = Math.exp(dot(model.coef, x));
    const steps = time.map((at, k) => {
      const away = x.map((value, i) => hazard[k] * value - mean[k][i]);
      const spread = dot(away, model.covariance.map((row) => dot(row, away)));
      const se = ratio * Math.sqrt(variance[k] + spread);
      const [survival, low, high] = [0, -1, 1].map((side) => Math.exp(-ratio * hazard[k] + side * model.quantile * se));
      return { time: at, survival, low, high: Math.min(1, high) };
    });
    return [{ time: 0, survival: 1, low: 1, high: 1 }, ...steps];
  };

  /* Points by term, their total, the curve, and survival at each horizon (null if not estimable). */
  calculator.predict = (model, patient) => {
    const points = model.terms.map((term) => calculator.points(model, term, patient[term.id]));
    const curve = calculator.curve(model, patient);
    const at = ({ time, estimable }) => (estimable ? curve.findLast((step) => step.time <= time) : null);
    return { points, total: points.reduce((sum, value) => sum + value, 0), curve, horizons: model.horizons.map(at) };
  };

  const quoted = (text) => `“${text.length > 30 ? `${text.slice(0, 30)}…` : text}”`;
  const range = ({ low, high, unit }) => `${low} to ${high}${unit && ` ${unit}`}`;

  /* The value of a term, or what is wrong with the text that was entered for it. */
  calculator.check = (term, text) => {
    const problem = (words) => ({ problem: `${term.label}: ${words}.` });
    if (term.contrasts) {
      if (text === "") return problem("choose a value");
      const known = term.axis.some(([level]) => level === text);
      return known ? { value: text } : problem(`${quoted(text)} is none of ${term.labels.join(", ")}`);
    }
    if (text.trim() === "") return problem(`enter a number from ${range(term)}`);
    const value = Number(text);
    if (!Number.isFinite(value)) return problem(`${quoted(text)} is not a number`);
    if (value < term.low || value > term.high) {
      return problem(`${value} is outside the data, which go from ${range(term)}, so nothing is predicted`);
    }
    return term.kind === "count" && !Number.isInteger(value) ? problem("only whole numbers occur") : { value };
  };

  /* The part of an address after #: texts by term, and what is wrong with it. */
  calculator.read = (terms, fragment) => {
    const texts = {};
    const problems = [];
    for (const [name, text] of new URLSearchParams(fragment)) {
      const term = terms.find((other) => other.id === name);
      if (!term) problems.push(`${quoted(name)} is not a variable of this model.`);
      else if (Object.hasOwn(texts, name)) problems.push(`${term.label}: given twice, the first is used.`);
      else {
        texts[name] = text;
        const { problem } = calculator.check(term, text);
        if (problem) problems.push(problem);
      }
    }
    const missing = terms.filter((term) => !Object.hasOwn(texts, term.id)).map((term) => term.label);
    if (missing.length) problems.push(`It has no value for ${missing.join(", ")}.`);
    return { texts, problems };
  };

  calculator.write = (patient) => new URLSearchParams(patient).toString();
})();
