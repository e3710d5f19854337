/* Survival curves that can be read: a time, chosen with the mouse, a finger or the keyboard, gives the survival of each
   arm, its interval and the numbers at risk. All numbers stand beside the drawing as JSON; here they are only looked up. */
(() => {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  function make(name, attributes = {}, text = "", space = null) {
    const element = space ? document.createElementNS(space, name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    return element;
  }

  /* How many of the ascending numbers are at most t, or below t. */
  const atMost = (numbers, t) => numbers.filter((number) => number <= t).length;
  const below = (numbers, t) => numbers.filter((number) => number < t).length;

  /* What is known of an arm at time t; curves are right-continuous, and at risk is who has not left before t. */
  function look(data, arm, t) {
    if (t > arm.last) return null;
    const step = atMost(arm.times, t) - 1;
    const counted = atMost(data.ticks, t) - 1;
    return {
      y: arm.survival[step],
      survival: arm.shown[step],
      interval: arm.intervals[step],
      atRisk: arm.atRisk[data.countedAtTicks ? counted : below(arm.times, t)],
      events: arm.events[data.countedAtTicks ? counted : step],
    };
  }

  const lastTick = (data, t) => data.ticks[atMost(data.ticks, t) - 1];

  function shownTime(data, t) {
    const text = t.toFixed(data.decimals);
    return `${Number(text) === t ? text : Number(t.toFixed(3))} ${data.unit}`;
  }

  /* Where times and probabilities lie in the drawing. */
  function scales(svg, data) {
    const box = svg.querySelector(`[id$="${data.area}"]`).getBBox();
    const [from, to] = data.x;
    const [low, high] = data.y;
    return {
      box,
      x: (t) => box.x + ((t - from) / (to - from)) * box.width,
      y: (s) => box.y + ((high - s) / (high - low)) * box.height,
      time: (x) => from + ((x - box.x) / box.width) * (to - from),
    };
  }

  function crosshair(svg, data, scale) {
    const ink = "stroke: var(--drawn-000000); fill: none; pointer-events: none";
    const group = svg.appendChild(make("g", { class: "reading-cross", visibility: "hidden" }, "", SVG));
    const ends = { y1: scale.box.y, y2: scale.box.y + scale.box.height, style: ink };
    const line = group.appendChild(make("line", ends, "", SVG));
    const dots = data.arms.map((arm) => {
      const style = `fill: var(${arm.colour}); stroke: var(--drawn-ffffff); pointer-events: none`;
      return group.appendChild(make("circle", { r: 4, style }, "", SVG));
    });
    return (t, found) => {
      group.setAttribute("visibility", "visible");
      for (const name of ["x1", "x2"]) line.setAttribute(name, scale.x(t));
      dots.forEach((dot, arm) => {
        dot.setAttribute("visibility", found[arm] ? "inherit" : "hidden");
        dot.setAttribute("cx", scale.x(t));
        dot.setAttribute("cy", found[arm] ? scale.y(found[arm].y) : 0);
      });
    };
  }

  function readout(data, figure) {
    const panel = make("div", { class: "reading" });
    const label = panel.appendChild(make("label", {}, "Read the curves at "));
    const time = label.appendChild(make("strong"));
    const longest = Math.max(...data.arms.map((arm) => arm.last));
    const slider = make("input", { type: "range", min: 0, max: longest, step: "any", value: 0 });
    label.append(slider);
    const table = panel.appendChild(make("table"));
    const head = table.createTHead().insertRow();
    const titles = ["Arm", "Survival", `${data.level} CI (%)`, "At risk", "Events"]
      .map((title) => head.appendChild(make("th", { scope: "col" }, title)));
    const body = table.createTBody();
    const cells = data.arms.map((arm) => {
      const row = body.insertRow();
      const name = row.appendChild(make("th", { scope: "row" }));
      name.append(make("span", { class: "reading-key", style: `border-top: 3px ${arm.line} var(${arm.colour})` }), arm.short);
      return ["survival", "interval", "atRisk", "events"].map((key) => [key, row.insertCell()]);
    });
    const said = panel.appendChild(make("div", { class: "visually-hidden", "aria-live": "polite" }));
    figure.insertBefore(panel, figure.querySelector("figcaption"));
    return { slider, time, cells, said, counted: titles[3] };
  }

  function spoken(data, t, found) {
    const parts = data.arms.map((arm, place) => {
      const at = found[place];
      if (!at) return `${arm.label}: beyond follow-up`;
      return `${arm.label}: survival ${at.survival}, ${data.level} confidence interval ${at.interval}, ` +
        `${at.atRisk} at risk, ${at.events} events`;
    });
    const counts = data.countedAtTicks ? ` Numbers at risk and events are those at ${lastTick(data, t)}.` : "";
    return `${data.survival} at ${shownTime(data, t)}. ${parts.join(". ")}.${counts}`;
  }

  function start(source) {
    const figure = source.closest("figure");
    const svg = figure.querySelector(".drawing > svg");
    const data = JSON.parse(source.textContent);
    const scale = scales(svg, data);
    const mark = crosshair(svg, data, scale);
    const { slider, time, cells, said, counted } = readout(data, figure);
    const longest = Number(slider.max);
    const stops = [...new Set(data.arms.flatMap((arm) => arm.times))].sort((a, b) => a - b);
    let now = 0;
    let waiting = 0;

    function show(t, quiet = false) {
      now = Math.min(Math.max(t, 0), longest);
      const found = data.arms.map((arm) => look(data, arm, now));
      slider.value = now;
      time.textContent = shownTime(data, now);
      slider.setAttribute("aria-valuetext", time.textContent);
      cells.forEach((row, arm) => {
        for (const [key, cell] of row) cell.textContent = found[arm] ? found[arm][key] : "–";
      });
      if (data.countedAtTicks) counted.textContent = `At risk at ${lastTick(data, now)}`;
      if (quiet) return;
      mark(now, found);
      clearTimeout(waiting);
      waiting = setTimeout(() => { said.textContent = spoken(data, now, found); }, 300);
    }

    /* A place between two marks of the scale gives the nearer mark, so that the time shown is the time looked up. */
    const rounded = (t) => Number((Math.round(t / data.step) * data.step).toFixed(data.decimals));

    function pointed(event) {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const inside = at.y >= scale.box.y && at.y <= scale.box.y + scale.box.height;
      if (inside && at.x >= scale.box.x && at.x <= scale.box.x + scale.box.width) show(rounded(scale.time(at.x)));
    }

    const next = (among) => among.find((t) => t > now) ?? longest;
    const previous = (among) => among.findLast((t) => t < now) ?? 0;
    const keys = {
      ArrowRight: () => next(stops),
      ArrowUp: () => next(stops),
      ArrowLeft: () => previous(stops),
      ArrowDown: () => previous(stops),
      PageUp: () => next(data.ticks),
      PageDown: () => previous(data.ticks),
      Home: () => 0,
      End: () => longest,
    };
    slider.addEventListener("keydown", (event) => {
      if (!(event.key in keys) || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      show(keys[event.key]());
    });
    slider.addEventListener("input", () => show(rounded(Number(slider.value))));
    svg.addEventListener("pointermove", pointed);
    svg.addEventListener("pointerdown", pointed);
    svg.classList.add("can-be-read");
    show(0, true);
  }

  function all() {
    document.querySelectorAll("figure > script.drawing-data").forEach(start);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})();
