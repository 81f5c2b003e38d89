// A static server for the benchmark's pages, with the headers that threads in WASM need.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".json": "application/json", ".jpg": "image/jpeg", ".png": "image/png" };

/** `folders` maps the first part of an address to a folder. Resolves to the server's address and how to close it. */
export function serve(folders) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    const headers = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp", "cross-origin-resource-policy": "same-origin" };
    if (path === "/") {
      response.writeHead(200, { ...headers, "content-type": "text/html" }).end("<!doctype html><title>bench</title>");
      return;
    }
    const [, first, ...rest] = path.split("/");
    const file = folders[first] === undefined ? "" : join(folders[first], normalize(rest.join("/")));
    if (file === "" || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404, headers).end();
      return;
    }
    response.writeHead(200, { ...headers, "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve({ url: `http://localhost:${server.address().port}`, close: () => server.close() }));
  });
}
