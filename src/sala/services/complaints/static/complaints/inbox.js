// Keyboard for the list: J and K move, Enter opens, X marks, / goes to the search, ? shows the keys. All of it works without.
const help = document.querySelector("[data-help]");
if (help) {
  document.querySelector("[data-help-open]").addEventListener("click", () => help.showModal());
  document.querySelector("[data-keys]").hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.key === "?" && !help.open && !event.target.closest("input:not([type=checkbox]), textarea, select")) help.showModal();
  });
}
const table = document.querySelector("[data-inbox]");
if (table) {
  const rows = [...table.tBodies[0].rows];
  let at = -1;
  const go = (to) => {
    at = Math.max(0, Math.min(rows.length - 1, to));
    rows.forEach((row, i) => row.classList.toggle("here", i === at));
    rows[at].querySelector("a").focus();
  };
  document.addEventListener("keydown", (event) => {
    if (help?.open || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const key = event.key.toLowerCase();
    if (key === "j") go(at + 1);
    else if (key === "k") go(at - 1);
    else if (key === "x" && at >= 0) rows[at].querySelector("input[type=checkbox]").click();
    else if (key === "/") document.querySelector("#f_q").focus();
    else return;
    event.preventDefault();
  });
}
