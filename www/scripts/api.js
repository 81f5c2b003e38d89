// Generates src/api/schema.d.ts from the server's OpenAPI document, or checks that the committed one is current.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const source = new URL("../../server/openapi.json", import.meta.url);
const target = new URL("../src/api/schema.d.ts", import.meta.url);
const heading = "// Generated from server/openapi.json by `npm run api`. Do not edit.\n\n";

const mode = process.argv[2];
if (mode !== "write" && mode !== "check") {
  console.error("usage: node scripts/api.js write|check");
  process.exit(2);
}
const wanted = heading + astToString(await openapiTS(source, { alphabetize: true }));
if (mode === "write") {
  await writeFile(target, wanted);
} else {
  const found = await readFile(target, "utf8").catch(() => "");
  if (found !== wanted) {
    console.error("www/src/api/schema.d.ts does not match server/openapi.json. Run `npm run api` in www and commit the result.");
    process.exit(1);
  }
}
