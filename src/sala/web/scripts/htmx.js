// htmx for pages that ask for it; every htmx action must also work as a plain link or form.
import htmx from "htmx.org";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;

// One handler for all: say "busy" while waiting, and put focus on the new part's heading when the old focus is gone.
document.addEventListener("htmx:beforeRequest", ({ target }) => target.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", ({ target }) => target.removeAttribute("aria-busy"));
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (document.activeElement !== document.body) return;
  const heading = target.querySelector("h1, h2, h3, [data-focus]") || target;
  heading.setAttribute("tabindex", "-1");
  heading.focus();
});
