/** What the browser needs to know of a model to fetch it. The engine reads and checks the whole manifest itself. */
export type ModelFile = { file: string; bytes: number; sha256: string };

function value(section: string, key: string): string | undefined {
  const line = new RegExp(`^\\s*${key}\\s*=\\s*(?:"([^"]*)"|([0-9_]+))`, "m").exec(section);
  return line?.[1] ?? line?.[2]?.replaceAll("_", "");
}

/** Finds a model's file name, length and SHA-256 in models/manifest.toml; undefined when one of them is missing. */
export function modelFile(manifest: string, name: "detector" | "embedder"): ModelFile | undefined {
  const start = new RegExp(`^\\[${name}\\][^\\n]*$`, "m").exec(manifest);
  if (start === null) return undefined;
  const rest = manifest.slice(start.index + start[0].length);
  const end = rest.search(/^\[/m);
  const section = end < 0 ? rest : rest.slice(0, end);
  const file = value(section, "file");
  const bytes = Number(value(section, "bytes"));
  const sha256 = value(section, "sha256");
  if (file === undefined || sha256 === undefined || !Number.isSafeInteger(bytes) || bytes <= 0) return undefined;
  // A name with a folder in it could point outside /models/.
  if (!/^[\w.-]+$/.test(file) || !/^[0-9a-f]{64}$/.test(sha256)) return undefined;
  return { file, bytes, sha256 };
}
