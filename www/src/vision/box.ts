import type { Box } from "./wasm/vedette.js";

export function area({ width, height }: Box): number {
  return width * height;
}

/** Larger by a share of its size on each side. */
export function grown({ x, y, width, height }: Box, share: number): Box {
  return { x: x - share * width, y: y - share * height, width: (1 + 2 * share) * width, height: (1 + 2 * share) * height };
}

/** What of it lies in a picture, in whole pixels. */
export function within(box: Box, picture: { width: number; height: number }): Box {
  const [left, top] = [Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))];
  const right = Math.min(picture.width, Math.ceil(box.x + box.width));
  const bottom = Math.min(picture.height, Math.ceil(box.y + box.height));
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** Intersection over union, 0..=1. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (area(a) + area(b) - width * height);
}
