// Builds static-build/ (git-ignored): our scripts with the govuk-frontend modules they import, Leaflet, the typeface.
import { build } from "esbuild";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";

const source = "src/sala/web/scripts";
const target = "static-build";

await rm(target, { recursive: true, force: true });
await mkdir(`${target}/fonts`, { recursive: true });

// Each file directly in scripts/ is one module that pages load; what it imports is joined into it.
const entries = (await readdir(source)).filter((name) => name.endsWith(".js")).map((name) => `${source}/${name}`);
await build({
  entryPoints: entries, outdir: target, bundle: true, format: "esm", minify: true, target: "es2020",
  legalComments: "eof", logLevel: "warning",
});

// The typeface: only the scripts and weights the pages use, as one style sheet.
const face = "node_modules/@fontsource/ibm-plex-sans-thai-looped";
let sheet = "";
for (const weight of [400, 600]) {
  const css = await readFile(`${face}/${weight}.css`, "utf8");
  for (const [rule, file] of css.matchAll(/@font-face\s*{[^}]*?files\/([\w-]+-(?:thai|latin|latin-ext)-\d+-normal)\.woff2[^}]*}/g)) {
    if (/cyrillic/.test(file)) continue;
    await cp(`${face}/files/${file}.woff2`, `${target}/fonts/${file}.woff2`);
    sheet += rule.replace(/src:[^;]+;/, `src: url(./fonts/${file}.woff2) format('woff2');`) + "\n";
  }
}
await writeFile(`${target}/fonts.css`, sheet);
await cp(`${face}/LICENSE`, `${target}/fonts/LICENSE`);

// Leaflet brings its own style sheet and pictures.
await mkdir(`${target}/leaflet`);
await cp("node_modules/leaflet/dist/leaflet.css", `${target}/leaflet/leaflet.css`);
await cp("node_modules/leaflet/dist/images", `${target}/leaflet/images`, { recursive: true });
