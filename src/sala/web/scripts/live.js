// Keeps a list fresh: each event of data-live makes us fetch the list again, already rendered, from data-from.
// The words come from the server, so they are in the reader's language, and a cache can answer a crowd.
const SHORTEST_PAUSE = 1500;

function keepFresh(box) {
  let due = 0;
  let source = null;
  const list = box.querySelector("[data-live-list]");
  const button = box.querySelector("[data-live-pause]");
  const fetchList = async () => {
    due = 0;
    const answer = await fetch(box.dataset.from, { credentials: "same-origin" });
    if (!answer.ok || list.contains(document.activeElement)) return;
    list.innerHTML = await answer.text();
  };
  const listen = () => {
    source = new EventSource(box.dataset.live);
    source.onmessage = () => {
      due = due || setTimeout(() => fetchList().catch(() => {}), SHORTEST_PAUSE + Math.random() * 1000);
    };
  };
  const stop = () => {
    source?.close();
    source = null;
  };
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      if (source) stop();
      else {
        fetchList().catch(() => {});
        listen();
      }
      button.setAttribute("aria-pressed", String(!source));
    });
  }
  listen();
  window.addEventListener("pagehide", stop);
}

document.querySelectorAll("[data-live]").forEach(keepFresh);
