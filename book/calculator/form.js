/* The form: reads the controls and the address, shows points, total, survival and what is wrong. */
(() => {
  "use strict";

  const form = document.getElementById("calculator");
  if (!form) return;
  const model = JSON.parse(document.getElementById("calculator-model").textContent);
  const fields = model.terms.map((term) => {
    const row = form.querySelector(`[data-term="${term.id}"]`);
    const find = (selector) => row.querySelector(selector);
    return { term, control: find("input, select"), svg: find("svg"), number: find("data"), problem: find("p") };
  });
  const summary = document.getElementById("calculator-summary");
  const link = document.getElementById("calculator-link");
  const copied = document.getElementById("calculator-copied");
  const curve = document.getElementById("calculator-curve");
  const scale = (name) => form.querySelector(`[data-axis="${name}"] svg`);
  const percent = (share) => (100 * share).toFixed(1);
  const tens = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((at) => at / 100);
  let entered = []; // for each field {value} or {problem}
  let prediction = null;

  const text = (control) => (control.validity.badInput ? "this" : control.value);
  const patient = () => Object.fromEntries(fields.map(({ term }, i) => [term.id, entered[i].value]));

  function fill(texts) {
    for (const { term, control } of fields) {
      control.value = texts[term.id] ?? "";
      if (control.selectedIndex === -1) control.value = "";
    }
  }

  const example = () => fill(Object.fromEntries(model.terms.map((term) => [term.id, term.example])));

  function update() {
    entered = fields.map(({ term, control }) => calculator.check(term, text(control)));
    prediction = entered.some(({ problem }) => problem) ? null : calculator.predict(model, patient());
    fields.forEach(({ term, control, number, problem }, i) => {
      problem.textContent = entered[i].problem ?? "";
      control.setAttribute("aria-invalid", String(Boolean(entered[i].problem)));
      show(number, entered[i].problem ? null : calculator.points(model, term, entered[i].value));
    });
    showResults();
    requestAnimationFrame(draw);
  }

  /* A number to one decimal; the element's value has all digits. */
  function show(number, value, words = value?.toFixed(1)) {
    number.value = value ?? "";
    number.textContent = words ?? "–";
  }

  function showResults() {
    show(form.querySelector('[data-value="total"]'), prediction?.total);
    model.horizons.forEach(({ estimable }, i) => {
      const number = form.querySelector(`[data-value="horizon-${i}"]`);
      const at = prediction?.horizons[i];
      show(number, at?.survival, at && `${percent(at.survival)}%`);
      Object.assign(number.dataset, { low: at?.low ?? "", high: at?.high ?? "" });
      number.nextElementSibling.textContent = at ? interval(at) : estimable ? "" : "not estimable: beyond follow-up";
    });
    const words = prediction ? said() : refused();
    if (summary.textContent !== words) summary.textContent = words;
    summary.classList.toggle("calculator-none", !prediction);
    curve.setAttribute("aria-label", prediction ? `Predicted curve. ${survival()}` : "No prediction");
  }

  const interval = ({ low, high }) => `${model.level} CI ${percent(low)} to ${percent(high)}`;

  function survival() {
    const parts = model.horizons.map(({ time }, i) => {
      const at = prediction.horizons[i];
      return `at ${time} ${model.unit} ${at ? `${percent(at.survival)}% (${interval(at)})` : "not estimable"}`;
    });
    return `Predicted ${model.label[0].toLowerCase()}${model.label.slice(1)} ${parts.join("; ")}.`;
  }

  function said() {
    const [low, high] = model.totals;
    const { total } = prediction;
    const within = total >= low - 1e-9 && total <= high + 1e-9;
    const far = ` No patient of the data has such a total; theirs go from ${low.toFixed(1)} to ${high.toFixed(1)}.`;
    return `Total ${total.toFixed(1)} points. ${survival()}${within ? "" : far}`;
  }

  function refused() {
    const problems = entered.map(({ problem }) => problem).filter(Boolean);
    const more = problems.length > 2 ? ` And ${problems.length - 2} more.` : "";
    return `No prediction. ${problems.slice(0, 2).join(" ")}${more}`;
  }

  function draw() {
    calculator.axis(scale("points-scale"), {
      ticks: tens.map((at) => ({ at, text: String(Math.round(100 * at)) })), line: [0, 1], marker: null, guides: tens,
    });
    fields.forEach(({ term, svg }, i) => {
      const { value, problem } = entered[i];
      const ticks = term.axis.map(([own, points], k) => ({
        at: points / 100, text: term.labels[k], marked: Boolean(term.contrasts) && own === value,
      }));
      const places = ticks.map(({ at }) => at);
      const marker = problem ? null : calculator.points(model, term, value) / 100;
      const line = [Math.min(...places), Math.max(...places)];
      calculator.axis(svg, { ticks, line, marker, levels: Boolean(term.contrasts), guides: tens });
    });
    drawTotals();
    calculator.draw(curve, model, prediction);
  }

  function drawTotals() {
    const at = (total) => total / model.highest;
    const marker = prediction && at(prediction.total);
    const ticks = model.total_ticks.map((total) => ({ at: at(total), text: String(total) }));
    calculator.axis(scale("total"), { ticks, line: [0, 1], usual: model.totals.map(at), marker, guides: [] });
    model.horizons.forEach(({ axis }, i) => {
      const labels = axis.map(([share, total]) => ({ at: at(total), text: String(Math.round(100 * share)) }));
      const ends = labels.length ? [labels[0].at, labels.at(-1).at] : [0, 0];
      const inside = marker !== null && labels.length > 0 && prediction.horizons[i] ? marker : null;
      const line = inside === null ? ends : [Math.min(...ends, inside), Math.max(...ends, inside)];
      calculator.axis(scale(`horizon-${i}`), { ticks: labels, line, marker: inside, guides: [] });
    });
  }

  const here = () => location.href.split("#")[0];
  const address = () => here() + (prediction ? `#${calculator.write(patient())}` : "");

  function remember() {
    // a page opened from a folder may not change its address in every browser
    try {
      history.replaceState(null, "", address());
    } catch { /* the calculator works all the same */ }
  }

  /* Take the patient of the address; a heading's address is none, and without any there is the worked example. */
  function arrive() {
    const fragment = location.hash.slice(1);
    if (fragment && document.getElementById(fragment)) return;
    const { texts, problems } = fragment ? calculator.read(model.terms, fragment) : { problems: [] };
    link.textContent = problems.length ? `This link cannot be read in full. ${problems.join(" ")}` : "";
    if (texts) fill(texts);
    else example();
    update();
  }

  async function copy() {
    const words = address();
    if (!prediction) {
      copied.textContent = "There is no link before every value is given.";
      return;
    }
    try {
      await navigator.clipboard.writeText(words);
      copied.textContent = "Link copied.";
    } catch { // the browser forbids it: offer the link itself
      copied.textContent = `Copy this link: ${words}`;
    }
  }

  form.hidden = false;
  example();
  update();
  addEventListener("DOMContentLoaded", arrive); // when every heading is there
  const { reset, copy: button } = form.elements;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    link.textContent = copied.textContent = "";
    update();
    remember();
  });
  reset.addEventListener("click", () => {
    link.textContent = copied.textContent = "";
    example();
    update();
    history.replaceState(null, "", here());
  });
  button.addEventListener("click", copy);
  addEventListener("hashchange", arrive);
  new ResizeObserver(draw).observe(form);
})();
