// Builds static-build/ (git-ignored): our scripts with the govuk-frontend modules they import, Leaflet, the typeface.
import { build } from "esbuild";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";

const source = "src/sala/design/scripts";
const target = "static-build";

await rm(target, { recursive: true, force: true });
await mkdir(`${target}/fonts`, { recursive: true });

// Each file directly in scripts/ is one module that pages load; what it imports is joined into it.
const entries = (await readdir(source)).filter((name) => name.endsWith(".js")).map((name) => `${source}/${name}`);
await build({
  entryPoints: entries, outdir: target, bundle: true, format: "esm", minify: true, target: "es2020",
  legalComments: "eof", logLevel: "warning",
});

// The typeface: only the scripts and weights the pages use, as one style sheet. `optional`: a face that comes too late
// for the first lines waits for the next page, since lines of another width would push the whole page about.
const face = "node_modules/@fontsource/ibm-plex-sans-thai-looped";
const beyondBasic = "U+A1-A6,U+A8,U+AA,U+AC-AF,U+B3-B6,U+B8-BA,U+BC-D6,U+D8-E8,U+EA-F6,U+F8-FF,U+131,U+152-153,"
  + "U+2BB-2BC,U+2C6,U+2DA,U+2DC,U+2039-203A,U+2044,U+20AC,U+2122,U+2215";
let sheet = "";
for (const weight of [400, 600]) {
  const css = await readFile(`${face}/${weight}.css`, "utf8");
  for (const [rule, file] of css.matchAll(/@font-face\s*{[^}]*?files\/([\w-]+-(?:thai|latin|latin-ext)-\d+-normal)\.woff2[^}]*}/g)) {
    if (/cyrillic/.test(file)) continue;
    await cp(`${face}/files/${file}.woff2`, `${target}/fonts/${file}.woff2`);
    const range = /-latin-\d/.test(file) ? `unicode-range: ${beyondBasic};` : "$&";
    sheet += rule.replace(/unicode-range:[^;]+;/, range).replace(/src:[^;]+;/, `src: url(./fonts/${file}.woff2) format('woff2');`)
      .replace("font-display: swap", "font-display: optional") + "\n";
  }
}
// What every page has of Latin comes as a small file of our own (tools/subset_fonts.py). The large files above are
// fetched only where another letter stands that they have; their own range names signs that no file has, and an
// invisible one of these, which our pages use, would fetch them for nothing.
const basic = "U+20-7E,U+A0,U+A7,U+A9,U+AB,U+B0-B2,U+B7,U+BB,U+D7,U+E9,U+F7,U+2013-2014,U+2018-201A,U+201C-201E,"
  + "U+2022,U+2026,U+2191,U+2193,U+2212";
for (const weight of [400, 600]) {
  sheet += `@font-face { font-family: 'IBM Plex Sans Thai Looped'; font-style: normal; font-display: optional; `
    + `font-weight: ${weight}; src: url(./fonts/sala-latin-${weight}.woff2) format('woff2'); unicode-range: ${basic}; }\n`;
}
await writeFile(`${target}/fonts.css`, sheet);
await cp(`${face}/LICENSE`, `${target}/fonts/LICENSE`);

// The ground of our maps: provinces and the land around, as the box of places ships them.
const places = "src/sala/commons/places/data";
const read = async (name) => JSON.parse(await readFile(`${places}/${name}.json`, "utf8"));
const land = (await read("provinces")).shapes.flatMap(({ rings }) => rings);
await writeFile(`${target}/ground.json`, JSON.stringify({ land, abroad: (await read("neighbours")).countries }));

// Leaflet brings its own style sheet and pictures.
await mkdir(`${target}/leaflet`);
await cp("node_modules/leaflet/dist/leaflet.css", `${target}/leaflet/leaflet.css`);
await cp("node_modules/leaflet/dist/images", `${target}/leaflet/images`, { recursive: true });
