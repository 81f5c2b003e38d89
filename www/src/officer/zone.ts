import type { Zone } from "../api/types";

export type Corner = Zone["corners"][number];

/** What the server takes: see the interface's description. */
export const MOST_CORNERS = 12;
export const SMALLEST_FROM = 0.025;
/** What the two sliders reach: a face that fills a third of the picture is at arm's length. */
export const SMALLEST_TO = 0.35;
export const LARGEST_FROM = 0.05;
/** Between the two sizes, so that some face is wanted. */
const APART = 0.02;

export const WHOLE: Zone = {
  corners: [
    { x: 0, y: 0 },
    { x: 1, y: 0 },
    { x: 1, y: 1 },
    { x: 0, y: 1 },
  ],
  smallest: 0.05,
  largest: 1,
};

const clamp = (value: number, from: number, to: number) => Math.min(to, Math.max(from, value));
/** Finer than a pixel, and short in the journal. */
const rounded = (share: number) => Math.round(share * 10_000) / 10_000;

/** Whether the outline is the picture's own edge, whatever the sizes. */
export function isWhole({ corners }: Zone): boolean {
  return corners.length === 4 && WHOLE.corners.every(({ x, y }) => corners.some((corner) => corner.x === x && corner.y === y));
}

/** A corner at a new place, kept in the picture. */
export function moved(zone: Zone, corner: number, to: Corner): Zone {
  const place = { x: rounded(clamp(to.x, 0, 1)), y: rounded(clamp(to.y, 0, 1)) };
  return { ...zone, corners: zone.corners.map((old, index) => (index === corner ? place : old)) };
}

/** One more corner, in the middle of the longest side. */
export function withCorner(zone: Zone): Zone {
  const { corners } = zone;
  if (corners.length >= MOST_CORNERS) return zone;
  const next = (index: number) => corners[(index + 1) % corners.length] as Corner;
  const length = (corner: Corner, index: number) => Math.hypot(next(index).x - corner.x, next(index).y - corner.y);
  const lengths = corners.map(length);
  const longest = lengths.indexOf(Math.max(...lengths));
  const from = corners[longest] as Corner;
  const to = next(longest);
  const between = { x: rounded((from.x + to.x) / 2), y: rounded((from.y + to.y) / 2) };
  return { ...zone, corners: corners.toSpliced(longest + 1, 0, between) };
}

export function withoutCorner(zone: Zone, corner: number): Zone {
  return zone.corners.length <= 3 ? zone : { ...zone, corners: zone.corners.toSpliced(corner, 1) };
}

/** The largest face gives way to the smallest, so that the zone can always be saved. */
export function withSmallest(zone: Zone, share: number): Zone {
  const smallest = rounded(clamp(share, SMALLEST_FROM, SMALLEST_TO));
  return { ...zone, smallest, largest: rounded(Math.max(zone.largest, smallest + APART)) };
}

export function withLargest(zone: Zone, share: number): Zone {
  const largest = rounded(clamp(share, LARGEST_FROM, 1));
  return { ...zone, largest, smallest: rounded(Math.min(zone.smallest, largest - APART)) };
}
