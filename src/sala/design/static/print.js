// The print button appears only where it can work.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
  if ("first" in button.dataset) button.focus(); // a slip is made to be printed: one press, without a mouse
});
