import { expect, test } from "vitest";
import { genuine, keptFile, shellOf } from "./files";
import { hashOf } from "../lib/hash";

const ORIGIN = "https://tablet.example";
const HASH = "a".repeat(64);
const FILES = { "/officer.html": HASH, "/assets/officer-1.js": HASH, "/assets/vedette-1.wasm": HASH };
const kept = (path: string, method = "GET") => keptFile(FILES, method, new URL(path, ORIGIN), ORIGIN)?.kind;

test("R107: only files of the build and models by their hash are kept, and nothing of the interface ever", () => {
  expect(kept("/officer.html")).toBe("page");
  expect(kept("/officer.html?from=home")).toBe("page");
  expect(kept("/assets/officer-1.js")).toBe("part");
  expect(kept("/assets/vedette-1.wasm")).toBe("heavy");
  expect(kept(`/models/face.onnx?v=${HASH}`)).toBe("heavy");
  for (const path of ["/v1/session", `/v1/deployments?v=${HASH}`, "/v1/alerts/1/probe", "/models/manifest.toml", "/models/face.onnx", `/models/../v1/session?v=${HASH}`, "/assets/other-2.js", "/constructor", "/sw.js"]) {
    expect(kept(path), path).toBeUndefined();
  }
  expect(kept("/officer.html", "POST")).toBeUndefined();
  expect(kept("https://elsewhere.example/officer.html")).toBeUndefined();
});

test("what is megabytes long is not fetched before somebody needs it", () => {
  expect(shellOf(FILES)).toEqual(["/officer.html", "/assets/officer-1.js"]);
});

test("R107: an answer is genuine if its bytes are those that were built, and keeps what the server allows pages", async () => {
  const text = "the file";
  const hash = await hashOf(new TextEncoder().encode(text));
  const headers = { "cross-origin-opener-policy": "same-origin", "content-encoding": "gzip", "content-length": "3" };
  const answer = await genuine(new Response(text, { headers }), hash);
  expect(await answer?.text()).toBe(text);
  expect(Object.fromEntries(answer?.headers ?? [])).toMatchObject({ "cross-origin-opener-policy": "same-origin", "content-length": "8" });
  expect(answer?.headers.has("content-encoding")).toBe(false);
  expect(await genuine(new Response(`${text}!`), hash)).toBeUndefined();
  expect(await genuine(new Response(text, { status: 502 }), hash)).toBeUndefined();
});
