import { h, render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { NoCamera } from "../live/camera";
import { useCamera } from "./use-camera";

let plugged: boolean;
let permission: string;
/** What asking for the camera comes to. */
let opening: string | undefined;
let opened: number;
let closed: number;
let camera: NoCamera | undefined;
let fail: (why: NoCamera) => void;
/** A component that draws nothing asks nothing more of its place. */
let place: Element;

function Stand({ running }: { running: boolean }) {
  ({ camera, fail } = useCamera(running));
  return null;
}

const after = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  vi.useFakeTimers();
  plugged = true;
  permission = "granted";
  opening = undefined;
  opened = 0;
  closed = 0;
  vi.stubGlobal("navigator", {
    mediaDevices: {
      enumerateDevices: async () => (plugged ? [{ kind: "videoinput" }] : [{ kind: "audioinput" }]),
      getUserMedia: async () => {
        if (opening !== undefined) throw new DOMException("", opening);
        opened += 1;
        return { getTracks: () => [{ stop: () => (closed += 1) }] };
      },
    },
    permissions: { query: async () => ({ state: permission }) },
  });
  place = { nodeType: 1, childNodes: [], firstChild: null } as unknown as Element;
  render(h(Stand, { running: false }), place);
  await after(200);
});

afterEach(() => {
  render(null, place);
  vi.useRealTimers();
});

test("r129: no camera, one that isn't allowed and one that is in use are told apart", async () => {
  expect(camera).toBeUndefined();
  plugged = false;
  await after(4_200);
  expect(camera).toBe("none");
  plugged = true;
  permission = "denied";
  await after(4_200);
  expect(camera).toBe("denied");
  permission = "granted";
  opening = "NotReadableError";
  await after(4_200);
  expect(camera).toBeUndefined();
  fail("busy");
  await after(200);
  expect(camera).toBe("busy");
  vi.stubGlobal("navigator", {});
  await after(4_200);
  expect(camera).toBe("insecure");
});

test("r129: a camera that would not open is amiss until it opens, however long that takes", async () => {
  opening = "NotReadableError";
  fail("busy");
  await after(120_000);
  expect(camera).toBe("busy");
  opening = "NotAllowedError";
  await after(5_200);
  expect(camera).toBe("denied");
  opening = undefined;
  await after(5_200);
  expect([camera, opened, closed]).toEqual([undefined, 1, 1]);
  await after(60_000);
  expect(opened).toBe(1);
});

test("r119: while somebody is at the kiosk, or nothing was amiss, no camera is tried", async () => {
  await after(60_000);
  fail("busy");
  render(h(Stand, { running: true }), place);
  await after(60_000);
  expect(opened).toBe(0);
});
