// Keeps the field texts of a question on this device until they are sent, and stays calm without a connection.
// The server keeps every answered question anyway; this is for the words that were not sent yet.
const PREFIX = "sala-draft/";
const SENT = "sala-draft-sent";
const KEPT_FOR = 24 * 3600 * 1000;

function storage(kind) {
  try {
    window[kind].setItem("sala-try", "1");
    window[kind].removeItem("sala-try");
    return window[kind];
  } catch {
    return null; // private windows and full devices: then only the server keeps them
  }
}
const device = storage("localStorage");
const tab = storage("sessionStorage");

function forgetWhere(test) {
  if (!device) return;
  Object.keys(device).filter((key) => key.startsWith(PREFIX) && test(key)).forEach((key) => device.removeItem(key));
}
function read(key) {
  try {
    return JSON.parse(device.getItem(key));
  } catch {
    return null;
  }
}

const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && !["hidden", "file", "submit", "button"].includes(field.type));
const isChoice = (field) => field.type === "radio" || field.type === "checkbox";

function keep(form, key) {
  const values = {};
  for (const field of fieldsOf(form)) {
    if (!isChoice(field)) values[field.name] = field.value;
    else if (field.checked) values[field.name] = field.value;
  }
  try {
    device.setItem(key, JSON.stringify({ at: Date.now(), values }));
  } catch {
    return false;
  }
  return true;
}

function putBack(form, values) {
  let changed = false;
  for (const field of fieldsOf(form)) {
    if (!(field.name in values)) continue;
    if (isChoice(field)) {
      const checked = field.value === values[field.name];
      changed ||= field.checked !== checked;
      field.checked = checked;
    } else if (field.value !== values[field.name]) {
      changed = true;
      field.value = values[field.name];
      field.dispatchEvent(new Event("keyup", { bubbles: true })); // the character count looks again
    }
  }
  return changed;
}

function guard(form) {
  const key = PREFIX + form.dataset.draft;
  const told = document.querySelector("[data-put-back]");
  const known = document.querySelector("[data-kept-here]");
  const kept = read(key);
  if (kept && !form.querySelector(".errors") && putBack(form, kept.values)) told.hidden = false;
  told.querySelector("[data-forget]").addEventListener("click", () => {
    device.removeItem(key);
    told.hidden = true;
    form.reset();
    fieldsOf(form)[0]?.focus();
  });
  let due = 0;
  form.addEventListener("input", () => {
    clearTimeout(due);
    due = setTimeout(() => { if (keep(form, key)) known.hidden = false; }, 300);
  });
  form.addEventListener("submit", () => {
    clearTimeout(due);
    keep(form, key);
    tab?.setItem(SENT, key);
  });
}

// What was sent from the page before has arrived, since this page came as its answer.
const sent = tab?.getItem(SENT);
if (sent && device) {
  tab.removeItem(SENT);
  if (!document.querySelector(".errors")) device.removeItem(sent);
}
forgetWhere((key) => !(Date.now() - (read(key)?.at ?? 0) < KEPT_FOR));
if (document.querySelector("[data-filed]")) forgetWhere(() => true);
document.querySelectorAll("[data-forgets]").forEach((form) => form.addEventListener("submit", () => forgetWhere(() => true)));

// The page on privacy says whether something is kept here, and deletes it.
for (const box of document.querySelectorAll("[data-kept-drafts]")) {
  const told = box.querySelector("[role=status]");
  const button = box.querySelector("button");
  const show = () => {
    const isAny = Boolean(device) && Object.keys(device).some((key) => key.startsWith(PREFIX));
    told.textContent = isAny ? told.dataset.wordsSome : told.dataset.wordsNone;
    button.hidden = !isAny;
  };
  button.addEventListener("click", () => {
    forgetWhere(() => true);
    show();
    told.tabIndex = -1;
    told.focus();
  });
  box.hidden = false;
  show();
}

// Pictures take their time on a slow line: say so, or the person presses again or leaves.
for (const told of document.querySelectorAll("[data-sending]")) {
  told.closest("form").addEventListener("submit", (event) => {
    told.hidden = event.defaultPrevented || ![...event.target.querySelectorAll("[type=file]")].some((field) => field.files.length);
  });
}

// First of all listeners: a form that cannot leave is not sent, so the browser shows no error page instead of ours.
const calm = document.querySelector("[data-offline]");
if (calm) {
  document.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const form = event.target.closest("[data-draft]");
    if (form && device) keep(form, PREFIX + form.dataset.draft);
    calm.hidden = false;
    calm.scrollIntoView({ block: "center" });
  }, true);
  window.addEventListener("online", () => { calm.hidden = true; });
}
if (device) document.querySelectorAll("form[data-draft]").forEach(guard);
