// "Near me": the device's position goes into the line for the place, and the list is asked anew. Nothing is kept.
const button = document.querySelector("[data-near-me]");
const place = document.getElementById("near");
if (button && place && "geolocation" in navigator) {
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      place.value = `${coords.latitude.toFixed(3)}, ${coords.longitude.toFixed(3)}`; // a hundred metres are near enough
      place.form.requestSubmit();
    }, () => place.focus(), { timeout: 15000 });
  });
}
