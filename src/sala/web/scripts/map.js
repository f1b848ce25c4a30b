// A map beside a list, or to point at a place. The list and the words say the same; without this script nothing is lost.
import L from "leaflet";

const THAILAND = [[5.6, 97.3], [20.5, 105.7]];

function background(map, box) {
  if (box.dataset.tiles) {
    L.tileLayer(box.dataset.tiles, { maxZoom: 19, attribution: box.dataset.tilesBy }).addTo(map);
  }
  const names = L.layerGroup().addTo(map);
  // Names of areas come from our own table: provinces from afar, districts and subdistricts nearer.
  const draw = async () => {
    const edges = map.getBounds();
    const level = map.getZoom() < 8 ? 1 : map.getZoom() < 11 ? 2 : 3;
    const answer = await fetch(`${box.dataset.places}?level=${level}&box=${edges.toBBoxString()}`);
    if (!answer.ok) return;
    names.clearLayers();
    const taken = [];
    for (const { name, latitude, longitude } of (await answer.json()).places) {
      const at = map.latLngToContainerPoint([latitude, longitude]);
      // A name that would lie over another waits until someone looks closer.
      if (taken.some((other) => Math.abs(other.x - at.x) < 90 && Math.abs(other.y - at.y) < 20)) continue;
      taken.push(at);
      const words = document.createElement("span");
      words.textContent = name;
      const icon = L.divIcon({ className: "placename", html: words, iconSize: null });
      L.marker([latitude, longitude], { icon, interactive: false, keyboard: false }).addTo(names);
    }
  };
  map.on("moveend", draw);
  map.whenReady(draw);
}

function opened(box) {
  box.closest("[data-map-side]").hidden = false;
  box.hidden = false;
  const moves = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const still = { zoomAnimation: moves, fadeAnimation: moves, markerZoomAnimation: moves, inertia: moves };
  const map = L.map(box, { ...still, scrollWheelZoom: false, zoomControl: false, attributionControl: Boolean(box.dataset.tiles) });
  const { zoomIn: zoomInTitle, zoomOut: zoomOutTitle } = box.dataset;
  L.control.zoom({ zoomInTitle, zoomOutTitle }).addTo(map);
  map.fitBounds(THAILAND);
  background(map, box);
  return map;
}

// Points of the list: the newest in view; each leads to its page.
async function points(box) {
  const map = opened(box);
  const layer = L.layerGroup().addTo(map);
  const draw = async () => {
    const answer = await fetch(`${box.dataset.points}&box=${map.getBounds().toBBoxString()}`);
    if (!answer.ok) return;
    layer.clearLayers();
    for (const { geometry, properties } of (await answer.json()).features) {
      const [longitude, latitude] = geometry.coordinates;
      const link = document.createElement("a");
      link.href = `/m/${properties.reference}`;
      link.textContent = properties.title || properties.reference;
      L.circleMarker([latitude, longitude], { radius: 8, className: "point" }).bindPopup(link).addTo(layer);
    }
  };
  map.on("moveend", draw);
  map.whenReady(draw);
}

// Pointing at a place: a click or the middle of the map (by keyboard) fills the two hidden fields.
function pick(box) {
  const map = opened(box);
  const fields = ["latitude", "longitude"].map((name) => document.querySelector(`[name=${name}]`));
  const told = document.querySelector("[data-picked]");
  let mark;
  const set = ({ lat, lng }) => {
    fields[0].value = lat.toFixed(5);
    fields[1].value = lng.toFixed(5);
    if (mark) mark.setLatLng([lat, lng]);
    else mark = L.circleMarker([lat, lng], { radius: 10, className: "point" }).addTo(map);
    told.textContent = told.dataset.words;
  };
  map.on("click", (event) => set(event.latlng));
  const button = document.querySelector("[data-pick-middle]");
  button.hidden = false;
  button.addEventListener("click", () => set(map.getCenter()));
  if (fields[0].value && fields[1].value) {
    const at = { lat: Number(fields[0].value), lng: Number(fields[1].value) };
    map.setView(at, 16);
    set(at);
  }
}

document.querySelectorAll("[data-points]").forEach(points);
document.querySelectorAll("[data-pick]").forEach(pick);
