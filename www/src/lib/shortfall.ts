/** What pictures lack to be used without somebody's reason, and how it is said. */
import { strings } from "../strings";
import type { Compression } from "../vision/wasm/vedette.js";

export type Judged = { /** The quality gate's score, 0..=1. */ quality: number; /** Of a JPEG file. */ compression: Compression | null };

export type Shortfall = { kind: "quality"; quality: number } | { kind: "compression"; quality: number };

/** The worst of a person's pictures; `floor` is the policy's lowest quality, 0..=1. Nothing where all are good enough. */
export function shortfall(pictures: readonly Judged[], floor: number): Shortfall | undefined {
  const worst = Math.min(...pictures.map(({ quality }) => quality));
  if (worst < floor) return { kind: "quality", quality: worst };
  const strong = pictures.flatMap(({ compression }) => (compression === null || compression.enough ? [] : [compression.quality]));
  return strong.length === 0 ? undefined : { kind: "compression", quality: Math.min(...strong) };
}

export function shortfallText({ kind, quality }: Shortfall, floor: number): string {
  const words = strings.shortfall;
  return kind === "quality" ? words.quality(Math.floor(100 * quality), Math.round(100 * floor)) : words.compression(quality);
}
