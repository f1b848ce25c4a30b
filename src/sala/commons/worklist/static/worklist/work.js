// Keyboard for one complaint: each act's letter opens it and goes to its first field; words kept ready.
import { onKey } from "./keys.js";

onKey((key) => {
  const sign = key && [...document.querySelectorAll(".act > summary kbd")].find((kbd) => kbd.textContent.toLowerCase() === key);
  if (!sign) return false;
  const act = sign.closest("details");
  act.open = true;
  act.scrollIntoView({ block: "nearest" });
  act.querySelector("textarea, select, input:not([type=hidden]), form p button")?.focus();
  return true;
});
// A template is added after what someone typed, never over it. Without scripts the server does the same.
document.querySelectorAll("[data-insert]").forEach((button) => {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const text = button.closest("form").querySelector("textarea");
    text.value = text.value.trim() ? `${text.value.trimEnd()}\n\n${button.dataset.insert}` : button.dataset.insert;
    text.dispatchEvent(new Event("keyup", { bubbles: true })); // the character count looks again
    button.closest("details").open = false;
    text.focus();
  });
});
