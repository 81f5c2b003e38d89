import { expect, test } from "vitest";
import { noCamera } from "./camera";

test.each([
  ["NotAllowedError", "denied"],
  ["SecurityError", "insecure"],
  ["NotFoundError", "none"],
  ["OverconstrainedError", "none"],
  ["NotReadableError", "busy"],
  ["AbortError", "busy"],
])("%s is told as %s", (name, kind) => {
  expect(noCamera(new DOMException("", name))).toBe(kind);
});
