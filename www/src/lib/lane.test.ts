import { expect, test, vi } from "vitest";
import { backToLane } from "./lane";

test("R126: a browser that stands as a kiosk goes back to its lane, and one on which somebody signed in stays", () => {
  const replace = vi.fn();
  vi.stubGlobal("location", { replace });
  expect(backToLane({ kiosk: null })).toBe(false);
  expect(replace).not.toHaveBeenCalled();
  expect(backToLane({ kiosk: "pier" })).toBe(true);
  expect(replace).toHaveBeenCalledWith("/kiosk.html");
});
