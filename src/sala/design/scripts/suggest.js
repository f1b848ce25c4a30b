// Suggestions under a line for names: what the server knows, as one types. Without this script the answer to the form
// lists what could be meant. Pattern: combobox with a list (WAI-ARIA Authoring Practices).
const PAUSE = 150;
let number = 0;

function suggest(entry) {
  const box = document.createElement("div");
  const list = document.createElement("ul");
  const name = `suggest-${(number += 1)}`;
  box.className = "suggest";
  Object.assign(list, { id: name, className: "suggest-list", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", entry.labels?.[0]?.textContent.trim() || "");
  entry.before(box);
  box.append(entry, list);
  const said = { role: "combobox", "aria-autocomplete": "list", "aria-controls": name, "aria-expanded": "false" };
  for (const [attribute, value] of Object.entries(said)) entry.setAttribute(attribute, value);

  let due = 0;
  let asked = "";
  let at = -1;
  const close = () => {
    list.hidden = true;
    at = -1;
    entry.setAttribute("aria-expanded", "false");
    entry.removeAttribute("aria-activedescendant");
  };
  const take = (item) => {
    entry.value = asked = item.dataset.value;
    close();
    entry.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const mark = (next) => {
    const items = [...list.children];
    at = (next + items.length) % items.length;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    entry.setAttribute("aria-activedescendant", items[at].id);
    items[at].scrollIntoView({ block: "nearest" });
  };
  const show = (found) => {
    list.replaceChildren(...found.map(({ name: words, value }, place) => {
      const item = document.createElement("li");
      Object.assign(item, { id: `${name}-${place}`, textContent: words });
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.value = value || words;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(item); });
      return item;
    }));
    list.hidden = !found.length;
    entry.setAttribute("aria-expanded", String(Boolean(found.length)));
    at = -1;
  };
  const ask = async () => {
    const words = entry.value.trim();
    if (words === asked) return;
    asked = words;
    if (words.length < 2) return close();
    const answer = await fetch(`${entry.dataset.suggestFrom}?q=${encodeURIComponent(words)}`).catch(() => null);
    if (answer?.ok && words === asked && document.activeElement === entry) show((await answer.json()).found);
  };
  entry.addEventListener("input", () => { clearTimeout(due); due = setTimeout(ask, PAUSE); });
  entry.addEventListener("blur", close);
  entry.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at < 0 ? -1 : at - 1);
    else if (event.key === "Enter" && at >= 0) take(list.children[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}

document.querySelectorAll("[data-suggest-from]").forEach(suggest);
