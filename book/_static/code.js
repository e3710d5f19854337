/* One control to show or hide all code of a page; the choice holds for the whole site. Without this script each piece of
   code still opens by itself. A link to a folded piece of code opens it. */
(() => {
  const KEY = "living-article-code";

  function remembered() {
    try {
      return localStorage.getItem(KEY) === "open";
    } catch {
      return false; // a browser that keeps nothing, as some do for pages read from disk
    }
  }

  function remember(open) {
    try {
      localStorage.setItem(KEY, open ? "open" : "closed");
    } catch {
      /* the choice then holds for this page */
    }
  }

  function aim() {
    const target = /^#code-\d+$/.test(location.hash) && document.querySelector(location.hash);
    if (!target) return;
    target.open = true;
    target.scrollIntoView();
    target.querySelector("summary").focus({ preventScroll: true });
  }

  document.addEventListener("DOMContentLoaded", () => {
    const pieces = [...document.querySelectorAll("details.above-input")];
    const title = document.querySelector(".bd-article h1");
    if (!pieces.length || !title) return;
    const control = document.createElement("button");
    control.type = "button";
    control.className = "code-control";
    control.textContent = "Show all code";
    const set = (open) => {
      control.setAttribute("aria-pressed", String(open));
      for (const piece of pieces) piece.open = open;
    };
    control.addEventListener("click", () => {
      const open = control.getAttribute("aria-pressed") !== "true";
      set(open);
      remember(open);
    });
    title.after(control);
    set(remembered());
    aim();
    window.addEventListener("hashchange", aim);
    document.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#code-"]');
      if (link && link.hash === location.hash) aim(); // no hashchange then
    });
  });
})();
