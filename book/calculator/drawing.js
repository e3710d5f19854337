/* Axes of the nomogram and the predicted curve, drawn as wide as the page lets them be. */
(() => {
  "use strict";

  const PAD = 10; // left and right of an axis, so that its ends can be marked
  const LINE = 21; // height of an axis in its drawing

  function shape(svg, name, attributes, text) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    svg.append(element);
    return element;
  }

  const line = (svg, kind, x1, y1, x2, y2) => shape(svg, "line", { class: kind, x1, y1, x2, y2 });

  function canvas(svg, height) {
    const width = svg.clientWidth;
    svg.replaceChildren();
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("height", height);
    return width;
  }

  /* Write a number below its tick, or a level from its tick on, below or above; what would meet another is left out. */
  function place(svg, width, taken, { x, text, kind, level }) {
    const label = shape(svg, "text", { class: kind, y: 0 }, text);
    const long = label.getComputedTextLength();
    const start = Math.max(0, Math.min(level ? x - 4 : x - long / 2, width - long));
    for (const side of level ? ["below", "above"] : ["below"]) {
      if (taken.some((other) => other.side === side && start < other.end + 4 && other.start < start + long + 4)) continue;
      label.setAttribute("x", start);
      label.setAttribute("y", side === "below" ? LINE + 18 : LINE - 9);
      taken.push({ side, start, end: start + long });
      return;
    }
    label.remove();
  }

  /* ticks: {at, text, marked} with `at` from 0 to 1; line, usual: ends of the axis and of its thicker part. */
  calculator.axis = (svg, { ticks, line: ends, usual, marker, levels, guides }) => {
    const width = canvas(svg, 44);
    const x = (at) => PAD + at * (width - 2 * PAD);
    for (const at of guides) line(svg, "guide", x(at), 0, x(at), 44);
    line(svg, "line", x(ends[0]), LINE, x(ends[1]), LINE);
    if (usual) line(svg, "usual", x(usual[0]), LINE, x(usual[1]), LINE);
    for (const { at } of ticks) line(svg, "tick", x(at), LINE - 4, x(at), LINE + 4);
    const taken = [];
    const first = levels ? ticks.filter(({ marked }) => marked) : [ticks[0], ticks.at(-1)];
    for (const { at, text, marked } of new Set([...first, ...ticks].filter(Boolean))) {
      place(svg, width, taken, { x: x(at), text, kind: marked ? "marked" : "", level: levels });
    }
    if (marker !== null) shape(svg, "circle", { class: "marker", cx: x(marker), cy: LINE, r: 6 });
  };

  const stairs = (points) => points.map(([x, y], i) => (i ? `H${x}V${y}` : `M${x},${y}`)).join("");

  function frame(svg, model, x, y, bottom) {
    for (const share of [0, 0.2, 0.4, 0.6, 0.8, 1]) {
      line(svg, "guide", x(0), y(share), x(model.last), y(share));
      shape(svg, "text", { x: x(0) - 6, y: y(share) + 4, "text-anchor": "end" }, String(Math.round(100 * share)));
    }
    let step = model.time_tick;
    while (step < model.last && x(step) - x(0) < 32) step *= 2;
    for (let time = 0; time <= model.last; time += step) {
      line(svg, "tick", x(time), y(0), x(time), y(0) + 4);
      shape(svg, "text", { x: x(time), y: y(0) + 18, "text-anchor": "middle" }, String(time));
    }
    const unit = model.unit[0].toUpperCase() + model.unit.slice(1);
    shape(svg, "text", { x: x(model.last / 2), y: bottom - 4, "text-anchor": "middle" }, unit);
    shape(svg, "text", { x: 0, y: 12 }, `${model.label}, %`);
  }

  /* Steps, band between the limits, and a dot with its interval at each horizon; without a prediction the frame. */
  calculator.draw = (svg, model, prediction) => {
    const height = 280;
    const width = canvas(svg, height);
    const x = (time) => 34 + (time / model.last) * (width - 34 - PAD);
    const y = (share) => 24 + (1 - share) * (height - 24 - 42);
    frame(svg, model, x, y, height);
    if (!prediction) return;
    const end = (side) => [x(model.last), y(prediction.curve.at(-1)[side])];
    const [curve, low, high] = ["survival", "low", "high"].map((side) => [
      ...prediction.curve.map((step) => [x(step.time), y(step[side])]),
      end(side),
    ]);
    // back along the upper limit, a point at each corner
    const back = high.flatMap(([at, level], i) => (i ? [[at, high[i - 1][1]], [at, level]] : [[at, level]])).reverse();
    shape(svg, "path", { class: "band", d: `${stairs(low)}L${back.map((point) => point.join()).join("L")}Z` });
    shape(svg, "path", { class: "survival", d: stairs(curve) });
    model.horizons.forEach(({ time }, i) => {
      const at = prediction.horizons[i];
      if (!at) return;
      line(svg, "interval", x(time), y(at.low), x(time), y(at.high));
      shape(svg, "circle", { class: "marker", cx: x(time), cy: y(at.survival), r: 5 });
    });
  };
})();
