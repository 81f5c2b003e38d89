import { expect, test } from "vitest";
import { cameraFailure } from "./camera";

test.each([
  ["NotAllowedError", "denied"],
  ["SecurityError", "insecure"],
  ["NotFoundError", "none"],
  ["OverconstrainedError", "none"],
  ["NotReadableError", "busy"],
  ["AbortError", "busy"],
])("%s is told as %s", (name, kind) => {
  expect(cameraFailure(new DOMException("", name)).kind).toBe(kind);
});
