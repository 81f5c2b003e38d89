/**
 * A zip of photographs, read from the file as photographs are asked for: only its directory and one photograph at a time
 * are in memory.
 */
import { BlobReader, BlobWriter, configure, ZipReader, type FileEntry } from "@zip.js/zip.js/lib/zip-core-native.js";

// Its own workers come from blob addresses; one photograph unpacks in milliseconds without them, by the browser's own inflate.
configure({ useWebWorkers: false });

/** Bytes of a photograph; a larger file is no photograph of a face. */
const LARGEST_PHOTO = 64 * 1024 * 1024;

export type Photo =
  | { kind: "photo"; blob: Blob }
  | { kind: "missing" }
  | { kind: "too_large" }
  | { kind: "locked" }
  | { kind: "damaged" }
  /** Two files in the zip have this name, so nobody knows which is meant. */
  | { kind: "twice" }
  /** The zip itself can't be read any more. */
  | { kind: "gone" };

export interface Photographs {
  /** What a list may call its photographs. */
  readonly names: string[];
  /** How many files there are. */
  readonly count: number;
  read(name: string): Promise<Photo>;
  /** The paths of files that have none of these names. */
  unused(names: readonly string[]): string[];
}

/** Folders, and what systems add by themselves, are no photographs. */
function isHidden(path: string): boolean {
  return path.endsWith("/") || path.split("/").some((part) => part.startsWith(".") || part === "__MACOSX" || part === "Thumbs.db");
}

/** As a list writes it: systems differ in how they write an accent, and some separate folders in their own way. */
function tidy(path: string): string {
  return path.normalize("NFC").replaceAll("\\", "/");
}

/** By its path, and by its name alone where only one file has that name. */
export function byName<T>(files: readonly { path: string; file: T }[]): Map<string, T> {
  const found = new Map<string, T>();
  const often = new Map<string, number>();
  const last = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  for (const { path } of files) often.set(last(path), (often.get(last(path)) ?? 0) + 1);
  for (const { path, file } of files) if (often.get(last(path)) === 1) found.set(last(path), file);
  for (const { path, file } of files) found.set(path, file);
  return found;
}

/** Paths that stand there more than once, as a zip may have them. */
export function repeated(paths: readonly string[]): Set<string> {
  const met = new Set<string>();
  return new Set(paths.filter((path) => met.size === met.add(path).size));
}

/** Nothing where the file is no zip. */
export async function openArchive(file: Blob): Promise<Photographs | undefined> {
  const reader = new ZipReader(new BlobReader(file));
  const files: { path: string; file: FileEntry }[] = [];
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      const path = tidy(entry.filename);
      if (!entry.directory && !isHidden(path)) files.push({ path, file: entry });
    }
  } catch {
    return undefined;
  }
  const known = byName(files);
  const twice = repeated(files.map(({ path }) => path));
  return {
    names: [...known.keys()],
    count: files.length,
    unused(names) {
      const used = new Set(names.flatMap((name) => known.get(name) ?? []));
      return files.filter(({ file }) => !used.has(file)).map(({ path }) => path);
    },
    async read(name) {
      const entry = known.get(name);
      if (entry === undefined) return { kind: "missing" };
      if (twice.has(tidy(name))) return { kind: "twice" };
      if (entry.encrypted) return { kind: "locked" };
      if (entry.uncompressedSize > LARGEST_PHOTO) return { kind: "too_large" };
      try {
        return { kind: "photo", blob: await entry.getData(new BlobWriter(), { checkSignature: true }) };
      } catch {
        // A stick that was pulled out says nothing of the photograph.
        const there = await file.slice(0, 1).arrayBuffer().then(() => true, () => false);
        return { kind: there ? "damaged" : "gone" };
      }
    },
  };
}
