// Keyboard for the list: J and K move, Enter opens, X marks, / goes to the search. All of it works without.
import { onKey } from "./keys.js";

const table = document.querySelector("[data-inbox]");
const rows = table ? [...table.tBodies[0].rows] : [];
let at = -1;
// The preview beside the list follows J and K where there is room for it; the link does the same without scripts.
const beside = matchMedia("(min-width: 75rem)");
const aside = document.querySelector("[data-preview-here]");
let shown = "";
const look = async (link) => {
  if (!link || !aside || !beside.matches || shown === link.href) return;
  shown = link.href;
  const answer = await fetch(link.href).catch(() => null); // no connection: the list goes on without a preview
  if (!answer?.ok || shown !== link.href) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  aside.replaceChildren(...page.querySelector("[data-preview-here]").childNodes);
};
for (const link of document.querySelectorAll("[data-preview]")) {
  link.addEventListener("click", (event) => {
    if (!beside.matches || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    look(link);
  });
}
const go = (to) => {
  at = Math.max(0, Math.min(rows.length - 1, to));
  rows.forEach((row, i) => row.classList.toggle("here", i === at));
  rows[at].querySelector("a").focus();
  look(rows[at].querySelector("[data-preview]"));
};
table?.addEventListener("focusin", (event) => {
  const here = rows.indexOf(event.target.closest("tbody tr"));
  if (here >= 0) at = here;
});
onKey((key) => {
  if (key === "j" && rows.length) go(at + 1);
  else if (key === "k" && rows.length) go(at - 1);
  else if (key === "x" && at >= 0) rows[at].querySelector("input[type=checkbox]")?.click();
  else if (key === "/") document.querySelector("#f_q").focus();
  else return false;
  return true;
});

// Marking all of a page, and how many are marked.
const boxes = rows.map((row) => row.querySelector("input[type=checkbox]")).filter(Boolean);
const all = table?.querySelector("[data-mark-all]");
const told = document.querySelector("[data-marked]");
if (all && boxes.length) {
  const words = told.textContent;
  const count = () => {
    const n = boxes.filter((box) => box.checked).length;
    all.checked = n === boxes.length;
    all.indeterminate = n > 0 && n < boxes.length;
    told.textContent = n ? `${told.dataset.marked} ${n}` : words;
  };
  all.hidden = false;
  all.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = all.checked; });
    count();
  });
  boxes.forEach((box) => box.addEventListener("change", count));
}
