// Keeps a list fresh: each event of data-live makes us fetch the list again, already rendered, from data-from.
// The words come from the server, so they are in the reader's language, and a cache can answer a crowd.
const SHORTEST_PAUSE = 1100; // the answer may be kept for a second, so that asking earlier could show the old list
const SPREAD = 500;
const TRY_AGAIN = 15000;

function keepFresh(box) {
  let due = 0;
  let source = null;
  let again = 0;
  const list = box.querySelector("[data-live-list]");
  const button = box.querySelector("[data-live-pause]");
  const fetchList = async () => {
    due = 0;
    const answer = await fetch(box.dataset.from, { credentials: "same-origin", cache: "no-store" });
    // Nothing moves under someone's finger or focus: the list waits for the next event.
    if (!answer.ok || list.contains(document.activeElement) || list.matches(":hover")) return;
    list.innerHTML = await answer.text();
  };
  const refresh = () => fetchList().catch(() => {});
  const listen = () => {
    clearTimeout(again);
    source = new EventSource(box.dataset.live);
    source.onmessage = () => {
      due = due || setTimeout(refresh, SHORTEST_PAUSE + Math.random() * SPREAD);
    };
    // A broken line is taken up again by the browser itself; a refusal (the site restarts, is full) is not.
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      again = setTimeout(() => { refresh(); listen(); }, TRY_AGAIN + Math.random() * TRY_AGAIN);
    };
  };
  const stop = () => {
    clearTimeout(again);
    source?.close();
    source = null;
  };
  let paused = false;
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      paused = !paused;
      if (paused) stop();
      else {
        refresh();
        listen();
      }
      button.setAttribute("aria-pressed", String(paused));
    });
  }
  listen();
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted || paused) return;
    refresh();
    listen();
  });
}

document.querySelectorAll("[data-live]").forEach(keepFresh);
