import { BlobWriter, TextReader, ZipWriter } from "@zip.js/zip.js";
import { expect, test } from "vitest";
import { byName, openArchive } from "./archive";

async function zip(files: Record<string, string>, password?: string): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false, ...(password === undefined ? {} : { password }) });
  for (const [name, text] of Object.entries(files)) await writer.add(name, new TextReader(text));
  return writer.close();
}

test("a photograph is found by its path, and by its name alone where that is enough", () => {
  const files = ["a/1.jpg", "b/1.jpg", "b/2.jpg"].map((path) => ({ path, file: path }));
  const found = byName(files);
  expect(found.get("2.jpg")).toBe("b/2.jpg");
  expect(found.get("1.jpg")).toBeUndefined();
  expect(found.get("a/1.jpg")).toBe("a/1.jpg");
});

test("a zip gives its photographs one by one, and passes over what systems add", async () => {
  const photos = await openArchive(await zip({ "people/1.jpg": "one", "__MACOSX/._1.jpg": "x", ".DS_Store": "x", "2.jpg": "two" }));
  expect(photos?.count).toBe(2);
  expect(photos?.names.toSorted()).toEqual(["1.jpg", "2.jpg", "people/1.jpg"]);
  expect(photos?.unused(["1.jpg", "people/1.jpg", "other.jpg"])).toEqual(["2.jpg"]);
  const read = await photos?.read("1.jpg");
  expect(read?.kind === "photo" && (await read.blob.text())).toBe("one");
  expect(await photos?.read("3.jpg")).toEqual({ kind: "missing" });
});

test("names are found however the system that made the zip writes them", async () => {
  const photos = await openArchive(await zip({ "jose\u0301.jpg": "one", "people\\2.jpg": "two" }));
  expect((await photos?.read("jos\u00e9.jpg"))?.kind).toBe("photo");
  expect((await photos?.read("people/2.jpg"))?.kind).toBe("photo");
});

test("a zip that is gone is told from a photograph that is damaged", async () => {
  const whole = await zip({ "1.jpg": "one" });
  let pulled = false;
  const stick = new Proxy(whole, {
    get(target, name) {
      if (name === "slice") return (...range: number[]) => (pulled ? ({ arrayBuffer: () => Promise.reject(new Error("gone")), stream: () => { throw new Error("gone"); } } as unknown as Blob) : target.slice(...range));
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const photos = await openArchive(stick);
  pulled = true;
  expect(await photos?.read("1.jpg")).toEqual({ kind: "gone" });
});

test("no zip, a locked photograph and a damaged one are told apart", async () => {
  expect(await openArchive(new Blob(["not a zip at all"]))).toBeUndefined();
  const locked = await openArchive(await zip({ "1.jpg": "one" }, "secret"));
  expect(await locked?.read("1.jpg")).toEqual({ kind: "locked" });
  const bytes = new Uint8Array(await (await zip({ "1.jpg": "one".repeat(500) })).arrayBuffer());
  bytes[50] = (bytes[50] ?? 0) ^ 0xff;
  const damaged = await openArchive(new Blob([bytes]));
  expect(await damaged?.read("1.jpg")).toEqual({ kind: "damaged" });
});

test("a name that stands twice in a zip is nobody's photograph", async () => {
  const photos = await openArchive(await zip({ "people\\1.jpg": "one", "people/1.jpg": "another", "people/2.jpg": "two" }));
  expect(await photos?.read("people/1.jpg")).toEqual({ kind: "twice" });
  expect((await photos?.read("people/2.jpg"))?.kind).toBe("photo");
});
