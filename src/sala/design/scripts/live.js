// Keeps a list fresh: each event of data-live makes us fetch the list again, already rendered, from data-from.
// The words come from the server, so they are in the reader's language, and a cache can answer a crowd.
const SHORTEST_PAUSE = 1100; // the answer may be kept for a second, so that asking earlier could show the old list
const SPREAD = 500;
const LONGEST_WAIT = 60000;

// Longer with each failure, and everyone another time: a site that comes back is not run down at once.
const waitAfter = (failures) => Math.min(LONGEST_WAIT, 500 * 2 ** failures) * (0.5 + Math.random() / 2);

function keepFresh(box) {
  const list = box.querySelector("[data-live-list]");
  const button = box.querySelector("[data-live-pause]");
  const lost = box.querySelector("[data-live-lost]");
  const still = box.querySelector("[data-live-still]"); // for those whose list stands still: no scripts, or not these
  let last = box.dataset.after; // what the page showed when it was made; then what was heard last
  let source = null;
  let due = 0;
  let again = 0;
  let failures = 0;
  let isOld = false;

  const isInUse = () => list.contains(document.activeElement) || list.matches(":hover");
  const fetchList = async () => {
    due = 0;
    isOld = true;
    if (isInUse()) return; // nothing moves under someone's finger or focus: the list waits until they leave it
    const answer = await fetch(box.dataset.from, { credentials: "same-origin", cache: "no-store" });
    if (!answer.ok || isInUse()) return;
    list.innerHTML = await answer.text();
    isOld = false;
  };
  const refresh = () => fetchList().catch(() => {});
  const refreshSoon = () => {
    due = due || setTimeout(refresh, SHORTEST_PAUSE + Math.random() * SPREAD);
  };
  for (const leaving of ["mouseleave", "focusout"]) list.addEventListener(leaving, () => isOld && refreshSoon());

  const tell = (state) => {
    box.dataset.state = state;
    if (lost) lost.hidden = state !== "lost";
  };
  const opened = () => {
    failures = 0;
    tell("live");
    if (still) still.hidden = true;
    if (isOld) refreshSoon();
  };
  // The browser takes a broken line up by itself, with the last id it heard. Where that fails as well, or the site
  // refuses (it restarts, it is full), we wait, and go on from the same place.
  const broken = () => {
    failures += 1;
    if (source?.readyState !== EventSource.CLOSED && failures < 2) return;
    tell("lost");
    source?.close();
    again = setTimeout(listen, waitAfter(failures));
  };
  function listen() {
    clearTimeout(again);
    const address = new URL(box.dataset.live, location.href);
    if (last) address.searchParams.set("after", last);
    source = new EventSource(address);
    source.onopen = opened;
    source.onerror = broken;
    source.onmessage = (event) => {
      last = event.lastEventId;
      refreshSoon();
    };
  }
  const stop = () => {
    clearTimeout(again);
    source?.close();
    source = null;
  };

  let isPaused = false;
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      isPaused = !isPaused;
      if (isPaused) {
        stop();
        tell("paused");
      } else listen();
      button.setAttribute("aria-pressed", String(isPaused));
    });
  }
  listen();
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted && !isPaused) listen();
  });
}

document.querySelectorAll("[data-live]").forEach(keepFresh);
