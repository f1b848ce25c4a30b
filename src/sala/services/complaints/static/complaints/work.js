// Keyboard for one complaint (R writes, D resolves, F sends on, N notes, U goes back), and words used often.
const acts = { r: "reply", d: "resolve", f: "forward", n: "note", a: "assign" };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const key = event.key.toLowerCase();
  if (key === "u") { document.querySelector("[data-key=u]")?.click(); return; }
  const act = document.querySelector(`[data-act="${acts[key] ?? ""}"]`);
  if (!act) return;
  act.open = true;
  act.querySelector("textarea, select, input:not([type=hidden])")?.focus();
  event.preventDefault();
});
// A template is added after what someone typed, never over it.
document.querySelectorAll("[data-insert]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    const text = button.closest("form").querySelector("textarea");
    text.value = text.value.trim() ? `${text.value.trimEnd()}\n\n${button.dataset.insert}` : button.dataset.insert;
    text.focus();
  });
});
