// Words selected in a section go into the field that says which words a comment is about. Without it one copies them.
const words = document.querySelector("[data-speak-about]");
const field = document.querySelector("#speak [name=quote]");
if (words && field) {
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    if (!chosen || chosen.isCollapsed || !words.contains(chosen.anchorNode) || !words.contains(chosen.focusNode)) return;
    field.value = chosen.toString().replace(/\s+/g, " ").trim().slice(0, Number(field.maxLength) > 0 ? field.maxLength : 500);
  });
}
