// The keys of staff: one letter each, by their place on the keyboard, so that they work in the Thai layout too.
// They can be switched off for good (WCAG 2.1.4), and every one of them has a link or a button as well.
const OFF = "sala-keys-off";

function stored() {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false; // a browser that keeps nothing: the switch holds for this page
  }
}
let off = stored();

export const isTyping = (target) => Boolean(target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select"));

// What a key means: what it types, if that is ours; else the Latin letter at its place.
function meant(event) {
  if (/^[a-z/?]$/i.test(event.key)) return event.key.toLowerCase();
  if (/^Key[A-Z]$/.test(event.code)) return event.code[3].toLowerCase();
  return event.code === "Slash" ? (event.shiftKey ? "?" : "/") : "";
}

const help = document.querySelector("[data-help]");
document.querySelectorAll("[data-help-open]").forEach((link) =>
  link.addEventListener("click", (event) => {
    if (!help) return;
    event.preventDefault();
    help.showModal();
  }));

// `act(key)` says whether it did something with a key that nobody is typing into a field.
export function onKey(act) {
  document.addEventListener("keydown", (event) => {
    if (off || help?.open || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (act(meant(event))) event.preventDefault();
  });
}

onKey((key) => {
  if (key === "?" && help) help.showModal();
  const link = key && document.querySelector(`[data-go="${CSS.escape(key)}"]`);
  link?.click();
  return Boolean(link) || (key === "?" && Boolean(help));
});

for (const row of document.querySelectorAll("[data-keys-switch]")) {
  const button = row.querySelector("button");
  const told = row.querySelector("[role=status]");
  const show = () => {
    button.textContent = off ? row.dataset.off : row.dataset.on;
    told.textContent = off ? told.dataset.isOff : "";
  };
  button.addEventListener("click", () => {
    off = !off;
    try {
      if (off) localStorage.setItem(OFF, "yes");
      else localStorage.removeItem(OFF);
    } catch { /* see above */ }
    show();
  });
  show();
  row.hidden = false;
}
