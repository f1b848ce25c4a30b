// The point of a complaint: read from the device if the person asks, told by name, taken away again.
// Without this script the place is told in words.
const told = document.querySelector("[data-point-told]");
const [latitude, longitude] = ["latitude", "longitude"].map((name) => document.querySelector(`[name=${name}]`));
const name = told?.querySelector("[data-point-name]");
const drop = told?.querySelector("[data-point-drop]");
const shown = document.querySelector("[data-point-shown]");

function showWhetherSet() {
  const isSet = Boolean(latitude.value && longitude.value);
  drop.hidden = !isSet;
  shown.hidden = !isSet; // how exactly a point is shown is asked of those who give one
}
async function tellName() {
  showWhetherSet();
  if (!latitude.value) return;
  try {
    const answer = await fetch(`${told.dataset.at}?point=${latitude.value},${longitude.value}`);
    if (answer.ok) name.textContent = (await answer.json()).words;
  } catch {
    name.textContent = `${latitude.value}, ${longitude.value}`;
  }
}

if (told) {
  document.addEventListener("point-set", tellName);
  drop.addEventListener("click", () => {
    latitude.value = longitude.value = name.textContent = "";
    document.dispatchEvent(new CustomEvent("point-dropped"));
    showWhetherSet();
  });
  showWhetherSet();
}
const picker = document.querySelector("[data-place-picker]");
if (picker && told && "geolocation" in navigator) {
  picker.hidden = false;
  picker.querySelector("[data-locate]").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        latitude.value = coords.latitude.toFixed(5);
        longitude.value = coords.longitude.toFixed(5);
        document.dispatchEvent(new CustomEvent("point-set"));
      },
      () => { name.textContent = told.dataset.wordsFailed; },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}
