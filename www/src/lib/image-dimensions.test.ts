import { expect, test } from "vitest";
import { checkPhoto, imageDimensions, MOST_PIXELS } from "./image-dimensions";

const bytes = (...parts: (number[] | string)[]) => new Uint8Array(parts.flatMap((part) => (typeof part === "string" ? [...part].map((c) => c.charCodeAt(0)) : part)));
const be16 = (n: number) => [n >> 8, n & 255];
const be32 = (n: number) => [...be16(n >>> 16), ...be16(n & 0xffff)];
const le16 = (n: number) => [n & 255, n >> 8];

const png = (width: number, height: number) => bytes([0x89], "PNG\r\n\x1a\n", be32(13), "IHDR", be32(width), be32(height), [8, 6, 0, 0, 0]);
const jpeg = (width: number, height: number, before: number[] = []) =>
  bytes([0xff, 0xd8], before, [0xff, 0xc2], be16(17), [8], be16(height), be16(width), [3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

test("PNG", () => expect(imageDimensions(png(640, 480))).toEqual({ width: 640, height: 480 }));

test("JPEG, past an Exif block, a Huffman table and fill bytes", () => {
  const exif = [0xff, 0xe1, ...be16(6), 1, 2, 3, 4];
  const huffman = [0xff, 0xc4, ...be16(4), 9, 9];
  expect(imageDimensions(jpeg(4000, 3000, [...exif, ...huffman, 0xff, 0xff]))).toEqual({ width: 4000, height: 3000 });
});

test("WebP in its three kinds", () => {
  const riff = (...rest: (number[] | string)[]) => bytes("RIFF", [0, 0, 0, 0], "WEBP", ...rest);
  expect(imageDimensions(riff("VP8 ", [0, 0, 0, 0, 0, 0, 0, 0x9d, 0x01, 0x2a], le16(320), le16(200)))).toEqual({ width: 320, height: 200 });
  const bits = (319 | (199 << 14)) >>> 0;
  expect(imageDimensions(riff("VP8L", [0, 0, 0, 0, 0x2f], le16(bits & 0xffff), le16(bits >>> 16)))).toEqual({ width: 320, height: 200 });
  expect(imageDimensions(riff("VP8X", [0, 0, 0, 0, 0, 0, 0, 0], [0x3f, 1, 0], [0xc7, 0, 0]))).toEqual({ width: 320, height: 200 });
});

test("GIF, BMP with rows from the top, and AVIF with a preview", () => {
  expect(imageDimensions(bytes("GIF89a", le16(10), le16(20)))).toEqual({ width: 10, height: 20 });
  expect(imageDimensions(bytes("BM", new Array(16).fill(0), [10, 0, 0, 0], [0xec, 0xff, 0xff, 0xff]))).toEqual({ width: 10, height: 20 });
  const ispe = (width: number, height: number) => [...bytes(be32(20), "ispe", be32(0), be32(width), be32(height))];
  expect(imageDimensions(bytes(be32(16), "ftypavif", [0, 0, 0, 0], ispe(9000, 9000), ispe(160, 160)))).toEqual({ width: 9000, height: 9000 });
});

test("text, and headers that were cut short, have no size", () => {
  expect(imageDimensions(bytes("This is a text file, not a photo. It goes on for a while."))).toBeUndefined();
  for (const whole of [png(640, 480), jpeg(640, 480), bytes("RIFF", [0, 0, 0, 0], "WEBP", "VP8X")]) {
    for (let length = 0; length < 11; length++) expect(imageDimensions(whole.slice(0, length))).toBeUndefined();
  }
});

test("a photo is judged by its size in pixels before anything decodes it", async () => {
  const side = Math.sqrt(MOST_PIXELS);
  expect(await checkPhoto(new Blob([png(10_000, 10_000)]))).toEqual({ kind: "too_large", megapixels: 100 });
  expect(await checkPhoto(new Blob([png(Math.floor(side), Math.floor(side))]))).toEqual({ kind: "usable" });
  expect(await checkPhoto(new Blob([png(0, 10)]))).toEqual({ kind: "not_a_photo" });
  expect(await checkPhoto(new Blob(["plain words"]))).toEqual({ kind: "not_a_photo" });
});
