// Fills the position from the device, if the person asks for it. Without this script the place is told in words.
const picker = document.querySelector("[data-place-picker]");
if (picker && "geolocation" in navigator) {
  const told = picker.querySelector("[data-located]");
  picker.hidden = false;
  picker.querySelector("[data-locate]").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        document.querySelector("[name=latitude]").value = coords.latitude.toFixed(5);
        document.querySelector("[name=longitude]").value = coords.longitude.toFixed(5);
        told.textContent = told.dataset.wordsDone;
      },
      () => { told.textContent = told.dataset.wordsFailed; },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}
