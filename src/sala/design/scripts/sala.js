// Behaviour on every page. Everything here is an improvement: each page works without it.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { FileUpload } from "govuk-frontend/dist/govuk/components/file-upload/file-upload.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { Tabs } from "govuk-frontend/dist/govuk/components/tabs/tabs.mjs";

// Counts as the server does: code points, with a line break sent as two characters.
class SameCountAsServer extends CharacterCount {
  updateCount() {
    this.count = [...this.$textarea.value.replace(/\r?\n/g, "\r\n")].length;
  }
}

// The button's name is its label and what it shows, word for word, so that people who speak to it can name it.
class UploadNamedAsShown extends FileUpload {
  constructor(root) {
    super(root);
    this.$button.querySelector(`#${CSS.escape(this.id)}-comma`)?.remove();
    this.$button.setAttribute("aria-labelledby", `${this.$label.id} ${this.$button.id}`);
  }
}

export function enhance(scope) {
  for (const Behaviour of [Button, SameCountAsServer, Checkboxes, ErrorSummary, UploadNamedAsShown, Radios, SkipLink, Tabs]) {
    const name = Behaviour.moduleName;
    for (const element of scope.querySelectorAll(`[data-module="${name}"]:not([data-${name}-init])`)) {
      try {
        new Behaviour(element);
      } catch (problem) {
        console.warn(problem.message);
      }
    }
  }
  scope.querySelectorAll(".scroll").forEach(sayWhetherItScrolls);
}

// A wide table scrolls inside itself: reachable by keyboard only while there is something to scroll.
const watcher = "ResizeObserver" in window && new ResizeObserver((seen) => seen.forEach(({ target }) => markScroll(target)));
function markScroll(box) {
  const scrolls = box.scrollWidth > box.clientWidth + 1;
  box.toggleAttribute("data-scrolls", scrolls);
  if (scrolls) box.setAttribute("tabindex", "0");
  else box.removeAttribute("tabindex");
}
function sayWhetherItScrolls(box) {
  if (watcher) watcher.observe(box);
  markScroll(box);
}

// A heavy part (the map) is fetched when someone comes near the place where it will stand, not before.
const near = "IntersectionObserver" in window && new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    import(target.dataset.nearby);
  }
}, { rootMargin: "400px" });
function fetchWhenNear(mark) {
  if (near) near.observe(mark);
  else import(mark.dataset.nearby);
}

// The menu closes with Escape and when focus leaves it.
function closeableMenu(menu) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  enhance(document);
  document.querySelectorAll("details.menu").forEach(closeableMenu);
  document.querySelectorAll("[data-nearby]").forEach(fetchWhenNear);
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
}
