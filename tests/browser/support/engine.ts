// The engine alone, in a page of the product's own origin and under its own policy.
import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { GOLDEN, WASM } from "./product";

export type Box = { x: number; y: number; width: number; height: number };

const TYPES: Record<string, string> = { ".js": "text/javascript", ".wasm": "application/wasm", ".png": "image/png", ".mp4": "video/mp4", ".jpg": "image/jpeg" };

/** Loads the engine as `engine` of the page. Files of `folder`, and the golden photographs, are under /under-test/. */
export async function loadEngine(page: Page, folder = GOLDEN): Promise<void> {
  await page.route("**/under-test/*", (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
    const path = join(name.startsWith("vedette") ? WASM : folder, name);
    return route.fulfill({ body: readFileSync(path), contentType: TYPES[extname(name)] ?? "application/octet-stream" });
  });
  await page.goto("/trust.html");
  await page.evaluate(async () => {
    const border = await import(new URL("/under-test/vedette.js", location.href).href);
    await border.default({ module_or_path: fetch("/under-test/vedette_bg.wasm") });
    const file = async (url: string): Promise<[Uint8Array, string]> => {
      const bytes = await (await fetch(url)).arrayBuffer();
      return [new Uint8Array(bytes), Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("")];
    };
    const engine = new border.Engine(await (await fetch("/models/manifest.toml")).text());
    engine.load_detector(...(await file("/models/face_detection_yunet_2023mar_int8bq.onnx")));
    engine.load_embedder(...(await file("/models/face_recognition_sface_2021dec_int8bq.onnx")));
    Object.assign(globalThis, { engine });
  });
}

/** The faces of a picture, best first, and the best one's template. */
export async function faces(page: Page, picture: Buffer): Promise<{ width: number; height: number; boxes: Box[]; template: number[] }> {
  return page.evaluate(async (base64) => {
    const { engine } = globalThis as unknown as { engine: { detect: Function; embed_best: Function } };
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]));
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext("2d")!;
    context.drawImage(bitmap, 0, 0);
    const rgba = new Uint8Array(context.getImageData(0, 0, width, height).data.buffer);
    const found = engine.detect(rgba, width, height, 320) as { box: Box }[];
    return { width, height, boxes: found.map(({ box }) => box), template: Array.from((engine.embed_best(rgba, width, height, 320) ?? []) as Float32Array) };
  }, picture.toString("base64"));
}

export const cosine = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

/** The numbers of a template as it travels: base64 of half-precision floats, little-endian. */
export function decoded(template: string): number[] {
  const bytes = Buffer.from(template, "base64");
  return Array.from({ length: bytes.length / 2 }, (_, i) => {
    const bits = bytes.readUInt16LE(i * 2);
    const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
    const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
    return bits >> 15 ? -size : size;
  });
}

/** The forms in which a template could lie in a file: as it travels, and as half- or single-precision floats. */
export function traces(template: string): (string | Buffer)[] {
  return [template, Buffer.from(template, "base64"), Buffer.from(Float32Array.from(decoded(template)).buffer)];
}
