/* The table of the audit page: search, filters, sorting, address. Inert on every other page. */
(() => {
  "use strict";

  function start() {
    const table = document.getElementById("audit-table");
    const tools = document.getElementById("audit-tools");
    if (!table || !tools) return;
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
    const { q, section, verdict, working, count } = tools.elements;
    const settled = new Set(["reproduces", "definitional", "patients"]);
    const ranks = [...verdict.options].map((option) => option.value);
    tools.hidden = false;

    const shown = () => rows.filter((row) => !row.hidden);

    function fits(row) {
      const { section: place, verdict: kind } = row.dataset;
      const words = q.value.toLowerCase().split(/\s+/).filter(Boolean);
      return (
        (!section.value || place === section.value) &&
        (!verdict.value || kind === verdict.value || (verdict.value === "discrepancy" && !settled.has(kind))) &&
        words.every((word) => texts.get(row).includes(word))
      );
    }

    function address() {
      const state = new URLSearchParams();
      for (const field of [section, verdict, q]) if (field.value) state.set(field.name, field.value);
      const hash = state.toString();
      // a page opened from a folder may not change its address in every browser
      try {
        history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
      } catch { /* the filter works all the same */ }
    }

    function filter() {
      for (const row of rows) row.hidden = !fits(row);
      const number = shown().length;
      count.textContent = number === rows.length ? `All ${number} claims` : `${number} of ${rows.length} claims`;
      open(working.getAttribute("aria-pressed") === "true");
    }

    function open(all) {
      for (const row of shown()) row.querySelector("details").open = all;
    }

    /* The working is as wide as the table and begins below the tallest cell of its row; see audit.css. */
    function place(details) {
      const cells = [...details.closest("tr").querySelectorAll("td > div")];
      const below = Math.max(...cells.map((cell) => cell.offsetHeight)) - details.firstElementChild.offsetHeight;
      details.lastElementChild.style.setProperty("--below", `${Math.max(0, below)}px`);
    }

    /* "#audit-baseline" from the foot of a section, "#section=baseline&verdict=impossible" from this page */
    function read() {
      const hash = location.hash.slice(1);
      const single = rows.find((row) => row.id && row.id === hash);
      const foot = hash.match(/^audit-([a-z0-9_]+)$/);
      const state = new URLSearchParams(foot ? { section: foot[1] } : hash.includes("=") ? hash : "");
      for (const field of [section, verdict, q]) {
        field.value = state.get(field.name) || "";
        if (field.selectedIndex === -1) field.value = "";
      }
      filter();
      if (single) single.querySelector("details").open = true;
      if (foot && section.value) tools.scrollIntoView();
    }

    function key(row, column, kind) {
      if (kind === "place") return Number(row.dataset.place);
      if (kind === "rank") return ranks.indexOf(row.dataset.verdict);
      const text = (column ? row.cells[column] : row.querySelector("summary")).textContent.trim();
      if (kind === "text") return text;
      const number = parseFloat(text.replace("\u2212", "-").replace(/^[^\d-]+/, ""));
      return Number.isNaN(number) ? Infinity : number;
    }

    function sort(head) {
      const rising = head.getAttribute("aria-sort") !== "ascending";
      const { cellIndex: column } = head;
      const keys = new Map(rows.map((row) => [row, key(row, column, head.dataset.sort)]));
      const compare = (a, b) => (typeof a === "string" ? a.localeCompare(b, "en") : a === b ? 0 : a < b ? -1 : 1);
      rows.sort((a, b) => (rising ? 1 : -1) * compare(keys.get(a), keys.get(b)) || a.dataset.place - b.dataset.place);
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", rising ? "ascending" : "descending");
      body.append(...rows);
    }

    for (const head of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.addEventListener("click", () => sort(head));
      head.replaceChildren(button);
    }

    const changed = () => { filter(); address(); };
    for (const field of [section, verdict]) field.addEventListener("change", changed);
    q.addEventListener("input", changed);
    working.addEventListener("click", () => {
      const all = working.getAttribute("aria-pressed") !== "true";
      working.setAttribute("aria-pressed", String(all));
      open(all);
    });
    tools.addEventListener("submit", (event) => event.preventDefault());
    tools.addEventListener("reset", () => setTimeout(changed));
    body.addEventListener("toggle", (event) => { if (event.target.open) place(event.target); }, true);
    addEventListener("resize", () => table.querySelectorAll("details[open]").forEach(place));
    addEventListener("hashchange", read);
    table.parentElement.classList.add("audit-wide");
    read();
  }

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
