// Unpacks the browser of @sparticuz/chromium, with the libraries and fonts it brings, into the folder given.
import { cp } from "node:fs/promises";

process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x"; // makes it bring its own libraries too
const { default: chromium } = await import("@sparticuz/chromium");
const target = process.argv[2];
await cp(await chromium.executablePath(), `${target}/chromium`);
console.log(`${target}/chromium`);
