// A map beside a list, or to point at a place. The list and the words say the same; without this script nothing is lost.
// The ground is our own: land, neighbours and names come from this site, so no other site learns who looks where.
import L from "leaflet";

const THAILAND = [[5.6, 97.3], [20.5, 105.7]];
const CELL = 56; // pixels; points nearer than that are drawn as one, with their number

const pairs = (flat) => Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at + 1], flat[2 * at]]);
const label = (words, className) => {
  const span = document.createElement("span");
  span.textContent = words;
  return L.divIcon({ className: `placename ${className}`, html: span, iconSize: null });
};

let ground; // fetched once for all maps of a page
async function land(map, box) {
  ground ||= fetch(box.dataset.ground).then((answer) => answer.json());
  const { land: rings, abroad } = await ground;
  const shape = { interactive: false, smoothFactor: 0.7 };
  const language = document.documentElement.lang;
  for (const { rings: outer, at, name_th, name_en } of abroad) {
    L.polygon(outer.map(pairs), { ...shape, className: "ground-abroad" }).addTo(map);
    if (at.length) L.marker(at, { icon: label(language === "en" ? name_en : name_th, "abroad"), interactive: false, keyboard: false }).addTo(map);
  }
  L.polygon(rings.map((ring) => [pairs(ring)]), { ...shape, className: "ground-land" }).addTo(map);
}

function background(map, box) {
  if (box.dataset.tiles) {
    L.tileLayer(box.dataset.tiles, { maxZoom: 19, attribution: box.dataset.tilesBy }).addTo(map);
  } else if (box.dataset.ground) land(map, box).catch(() => {});
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
      L.marker([latitude, longitude], { icon: label(name, ""), interactive: false, keyboard: false }).addTo(names);
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
  const map = L.map(box, { ...still, scrollWheelZoom: false, zoomControl: false, attributionControl: Boolean(box.dataset.tiles), minZoom: 4.5, zoomSnap: 0.5, maxBounds: [[-2, 88], [26, 116]], maxZoom: box.dataset.tiles ? 19 : 16 });
  const { zoomIn: zoomInTitle, zoomOut: zoomOutTitle } = box.dataset;
  L.control.zoom({ zoomInTitle, zoomOutTitle }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  map.fitBounds(THAILAND);
  background(map, box);
  return map;
}

// Points that lie close together on the screen are one; the group is where its points are on average.
function grouped(map, features) {
  const cells = new Map();
  for (const feature of features) {
    const [longitude, latitude] = feature.geometry.coordinates;
    const at = map.project([latitude, longitude]);
    const key = `${Math.floor(at.x / CELL)},${Math.floor(at.y / CELL)}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(feature);
  }
  return [...cells.values()];
}
const middle = (group) => [1, 0].map((axis) => group.reduce((sum, { geometry }) => sum + geometry.coordinates[axis], 0) / group.length);

function told({ properties }) {
  const words = document.createElement("div");
  const link = document.createElement("a");
  link.href = `/m/${properties.reference}`;
  link.textContent = properties.title || properties.reference;
  words.append(link, document.createElement("br"), properties.stage_name || "");
  return words;
}

function drawGroup(map, layer, group) {
  const at = middle(group);
  if (group.length === 1) {
    const kind = group[0].properties.colour || "";
    L.circleMarker(at, { radius: 8, className: `point ${kind}` }).bindPopup(told(group[0])).addTo(layer);
    return;
  }
  const size = 30 + Math.min(26, 7 * Math.log2(group.length));
  const icon = L.divIcon({ className: "cluster", html: String(group.length), iconSize: [size, size] });
  const mark = L.marker(at, { icon, title: String(group.length) }).addTo(layer);
  // Closer, until they part; those at one point are listed.
  mark.on("click", () => {
    if (map.getZoom() < map.getMaxZoom()) return map.fitBounds(L.latLngBounds(group.map((one) => middle([one]))).pad(0.4));
    const list = document.createElement("div");
    list.append(...group.slice(0, 8).map(told));
    return mark.bindPopup(list).openPopup();
  });
}

// Points of the list: the newest in view; each leads to its page.
async function points(box) {
  const map = opened(box);
  const layer = L.layerGroup().addTo(map);
  let isFirst = Boolean(box.dataset.fit);
  const draw = async () => {
    const answer = await fetch(`${box.dataset.points}&box=${map.getBounds().toBBoxString()}`);
    if (!answer.ok) return;
    const { features } = await answer.json();
    if (isFirst && features.length) {
      isFirst = false;
      map.fitBounds(L.latLngBounds(features.map((one) => middle([one]))).pad(0.2), { maxZoom: 12 });
      return;
    }
    layer.clearLayers();
    for (const group of grouped(map, features)) drawGroup(map, layer, group);
  };
  map.on("moveend", draw);
  map.whenReady(draw);
}

// The offices of a page, numbered as in its list; the numbers stand in the list too, which says everything.
function numbered(box) {
  const map = opened(box);
  const marks = JSON.parse(document.getElementById(box.dataset.numbered).textContent);
  for (const { at, number, name, address, about, first } of marks) {
    const icon = L.divIcon({ className: `numbered${about ? " about" : ""}${first ? " now" : ""}`, html: String(number), iconSize: null });
    const link = document.createElement("a");
    link.href = address;
    link.textContent = name;
    L.marker(at, { icon, title: name }).bindPopup(link).addTo(map);
  }
  if (marks.length) map.fitBounds(L.latLngBounds(marks.map(({ at }) => at)).pad(0.25), { maxZoom: 11 });
}

// Pointing at a place: a click or the middle of the map (by keyboard) fills the two hidden fields.
function pick(box) {
  const map = opened(box);
  const fields = ["latitude", "longitude"].map((name) => document.querySelector(`[name=${name}]`));
  let mark;
  const show = ({ lat, lng }) => {
    if (mark) mark.setLatLng([lat, lng]);
    else mark = L.circleMarker([lat, lng], { radius: 10, className: "point" }).addTo(map);
  };
  const set = ({ lat, lng }) => {
    fields[0].value = lat.toFixed(5);
    fields[1].value = lng.toFixed(5);
    show({ lat, lng });
    document.dispatchEvent(new CustomEvent("point-set"));
  };
  const look = () => {
    if (!fields[0].value || !fields[1].value) return;
    const at = { lat: Number(fields[0].value), lng: Number(fields[1].value) };
    map.setView(at, Math.max(map.getZoom(), box.dataset.tiles ? 16 : 12));
    show(at);
  };
  map.on("click", (event) => set(event.latlng));
  document.addEventListener("point-set", look); // the device's own position, read by another script
  document.addEventListener("point-dropped", () => { mark?.remove(); mark = undefined; });
  const button = document.querySelector("[data-pick-middle]");
  button.hidden = false;
  button.addEventListener("click", () => set(map.getCenter()));
  look();
}

document.querySelectorAll("[data-points]").forEach(points);
document.querySelectorAll("[data-numbered]").forEach(numbered);
document.querySelectorAll("[data-pick]").forEach(pick);
