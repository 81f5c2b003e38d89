// A static server for the benchmark's pages, with the headers that threads in WASM need.
import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".json": "application/json", ".jpg": "image/jpeg", ".png": "image/png" };

const HEADERS = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp", "cross-origin-resource-policy": "same-origin" };

/** The file behind an address; an empty string where there is none. */
function named(folders, path) {
  const [, first, ...rest] = path.split("/");
  const file = folders[first] === undefined ? "" : join(folders[first], normalize(rest.join("/")));
  return file !== "" && existsSync(file) && statSync(file).isFile() ? file : "";
}

const type = (file) => TYPES[extname(file)] ?? "application/octet-stream";

/** `folders` maps the first part of an address to a folder; `answer` says whether it answers a request itself. Resolves to the server's address and how to close it. */
export function serve(folders, answer = () => false) {
  const server = createServer((request, response) => {
    if (answer(request, response)) return;
    const path = new URL(request.url, "http://localhost").pathname;
    if (path === "/") {
      response.writeHead(200, { ...HEADERS, "content-type": "text/html" }).end("<!doctype html><title>bench</title>");
      return;
    }
    const file = named(folders, path);
    if (file === "") {
      response.writeHead(404, HEADERS).end();
      return;
    }
    response.writeHead(200, { ...HEADERS, "content-type": type(file) });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve({ url: `http://localhost:${server.address().port}`, close: () => server.close() }));
  });
}

const KEPT = resolve(import.meta.dirname, "../../target/bench/compressed");
/** Sent as they are, as the product does with its models: on loopback a browser would take longer to unpack them than they take. */
const AS_THEY_ARE = new Set([".onnx", ".jpg"]);
const smaller = promisify(brotliCompress);

/** Compressed as the product's build does it, once. */
async function compressed(content) {
  const kept = join(KEPT, `${createHash("sha256").update(content).digest("hex")}.br`);
  if (existsSync(kept)) return readFileSync(kept);
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS, [constants.BROTLI_PARAM_SIZE_HINT]: content.byteLength };
  const made = await smaller(content, { params });
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(`${kept}.${process.pid}`, made);
  renameSync(`${kept}.${process.pid}`, kept);
  return made;
}

/** The same, as a product would serve them: compressed beforehand, kept in memory, and never asked for again. `sum` counts bytes over the line. */
export function serveCompressed(folders) {
  const replies = new Map();
  const reply = async (file) => {
    const content = readFileSync(file);
    const headers = { ...HEADERS, "content-type": type(file), "cache-control": "max-age=31536000, immutable" };
    if (AS_THEY_ARE.has(extname(file))) return { headers, body: content };
    return { headers: { ...headers, "content-encoding": "br" }, body: await compressed(content) };
  };
  const sum = { bytes: 0 };
  const server = createServer(async (request, response) => {
    const file = named(folders, new URL(request.url, "http://localhost").pathname);
    if (file === "") {
      response.writeHead(404, HEADERS).end();
      return;
    }
    if (!replies.has(file)) replies.set(file, reply(file));
    const { headers, body } = await replies.get(file);
    response.writeHead(200, { ...headers, "content-length": body.length }).end(body);
  });
  server.on("connection", (socket) => {
    let counted = 0;
    const count = () => {
      sum.bytes += socket.bytesWritten - counted;
      counted = socket.bytesWritten;
    };
    const every = setInterval(count, 100);
    socket.on("close", () => {
      clearInterval(every);
      count();
    });
  });
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done({ url: `http://localhost:${server.address().port}`, sum, close: () => server.close() }));
  });
}
