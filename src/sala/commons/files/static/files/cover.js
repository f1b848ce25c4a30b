// Drawing over the squares of a picture with a pointer; without this script each square is a box to tick.
for (const cover of document.querySelectorAll("[data-cover]")) {
  const squares = cover.querySelector(".cover-squares");
  let ticks = null; // what the stroke does to each square it touches: the opposite of what the first one was

  const boxAt = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest("label")?.querySelector("input");

  squares.addEventListener("pointerdown", (event) => {
    const box = boxAt(event);
    if (!box) return;
    ticks = !box.checked;
    box.checked = ticks;
    squares.setPointerCapture(event.pointerId);
  });
  squares.addEventListener("pointermove", (event) => {
    const box = ticks === null ? null : boxAt(event);
    if (box && squares.contains(box)) box.checked = ticks;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    squares.addEventListener(end, () => {
      ticks = null;
    });
  }
  // The stroke has ticked the square already; the click that follows must not untick it. Keys still work.
  squares.addEventListener("click", (event) => {
    if (event.detail > 0) event.preventDefault();
  });
}
for (const words of document.querySelectorAll("[data-cover-words]")) words.hidden = false;
