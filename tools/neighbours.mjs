#!/usr/bin/env node
// Derives src/sala/commons/places/data/neighbours.json from npm world-atlas (Natural Earth, public domain): the land of
// the countries around, cut to a box, for the ground of the map and to tell the sea from another country's land.
import { readFile, writeFile } from "node:fs/promises";
import { feature } from "topojson-client";

const SOURCE = "node_modules/world-atlas/countries-50m.json";
const TARGET = "src/sala/commons/places/data/neighbours.json";
const BOX = { west: 85, south: -6, east: 119, north: 30 };
const SMALLEST = 0.02; // square degrees; a smaller island is no ground to see
// ISO 3166-1 numbers of the countries that the box touches; Thailand's own land comes from its provinces.
// The last two numbers say where its name stands on a map (latitude, longitude), where there is room for one.
const NAMES = {
  104: ["เมียนมา", "Myanmar", 19.6, 96.4], 418: ["ลาว", "Laos", 18.9, 103.2], 116: ["กัมพูชา", "Cambodia", 12.7, 104.9],
  704: ["เวียดนาม", "Vietnam", 15.2, 108.2], 458: ["มาเลเซีย", "Malaysia", 4.6, 101.9], 156: ["จีน", "China", 23.6, 102.5],
  360: ["อินโดนีเซีย", "Indonesia", 3.4, 98.1], 356: ["อินเดีย", "India"], "050": ["บังกลาเทศ", "Bangladesh"],
  702: ["สิงคโปร์", "Singapore"],
};

// Sutherland and Hodgman 1974: what of a ring lies on one side of a line, side by side.
function cut(ring, isInside, cross) {
  return ring.flatMap((here, at) => {
    const before = ring.at(at - 1);
    if (isInside(here)) return isInside(before) ? [here] : [cross(before, here), here];
    return isInside(before) ? [cross(before, here)] : [];
  });
}
const atX = (x) => ([ax, ay], [bx, by]) => [x, ay + ((by - ay) * (x - ax)) / (bx - ax)];
const atY = (y) => ([ax, ay], [bx, by]) => [ax + ((bx - ax) * (y - ay)) / (by - ay), y];
function clipped(ring) {
  let left = ring.slice(0, -1);
  left = cut(left, ([x]) => x >= BOX.west, atX(BOX.west));
  left = cut(left, ([x]) => x <= BOX.east, atX(BOX.east));
  left = cut(left, ([, y]) => y >= BOX.south, atY(BOX.south));
  return cut(left, ([, y]) => y <= BOX.north, atY(BOX.north));
}
const size = (ring) => Math.abs(ring.reduce((sum, [x, y], at) => sum + x * ring.at(at - 1)[1] - ring.at(at - 1)[0] * y, 0)) / 2;
const rounded = (ring) => ring.flat().map((number) => Math.round(number * 100) / 100);

const world = JSON.parse(await readFile(SOURCE, "utf8"));
const lines = [];
for (const { id, geometry } of feature(world, world.objects.countries).features) {
  if (!(id in NAMES)) continue;
  const many = geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates];
  const rings = many.map(([outer]) => clipped(outer)).filter((ring) => ring.length > 2 && size(ring) >= SMALLEST);
  if (!rings.length) continue;
  const [th, en, ...at] = NAMES[id];
  lines.push(JSON.stringify({ name_th: th, name_en: en, at, rings: rings.map(rounded) }));
}
await writeFile(TARGET, `{"countries":[\n${lines.sort().join(",\n")}\n]}\n`);
console.log(`${TARGET}: ${lines.length} countries`);
