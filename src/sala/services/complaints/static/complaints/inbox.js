// Keyboard for the list: J and K move, Enter opens, X marks, / goes to the search. All of it works without.
import { onKey } from "./keys.js";

const table = document.querySelector("[data-inbox]");
const rows = table ? [...table.tBodies[0].rows] : [];
let at = -1;
const go = (to) => {
  at = Math.max(0, Math.min(rows.length - 1, to));
  rows.forEach((row, i) => row.classList.toggle("here", i === at));
  rows[at].querySelector("a").focus();
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
