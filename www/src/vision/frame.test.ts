import { expect, test } from "vitest";
import { frameBytes, planes } from "./frame";

test.each([
  ["i420", 640, 480, 460_800],
  ["nv12", 640, 480, 460_800],
  ["i420", 5, 3, 15 + 2 * 6],
  ["nv12", 5, 3, 15 + 12],
  ["rgba", 5, 3, 60],
] as const)("%s at %i x %i takes %i bytes", (layout, width, height, bytes) => {
  expect(frameBytes(layout, width, height)).toBe(bytes);
});

test.each(["i420", "nv12", "rgba"] as const)("the planes of %s fill the buffer without a gap, at odd sizes too", (layout) => {
  const [width, height] = [7, 5];
  const rows = layout === "rgba" ? [height] : layout === "nv12" ? [height, 3] : [height, 3, 3];
  let end = 0;
  planes(layout, width, height).forEach(({ offset, stride }, index) => {
    expect(offset).toBe(end);
    end = offset + stride * (rows[index] ?? 0);
  });
  expect(end).toBe(frameBytes(layout, width, height));
});
