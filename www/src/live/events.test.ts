import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { follow, type LiveEvent } from "./events";

class Source extends EventTarget {
  static readonly CLOSED = 2;
  static made: Source[] = [];
  readyState = 1;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(readonly url: string) {
    super();
    Source.made.push(this);
  }
  close() {
    this.readyState = Source.CLOSED;
  }
  say(type: string, data: string, lastEventId: string) {
    this.dispatchEvent(Object.assign(new Event(type), { data, lastEventId }));
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Source);
  Source.made = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a connection that beats is left alone, and one that falls silent is opened anew after the last event", () => {
  const heard: LiveEvent["kind"][] = [];
  const leave = follow("d", (event) => heard.push(event.kind));
  const [first] = Source.made;
  first!.onopen!();
  first!.say("deployment_changed", "{}", "17");
  for (let beat = 0; beat < 12; beat += 1) {
    vi.advanceTimersByTime(10_000);
    first!.say("beat", "{}", "17");
  }
  expect(Source.made).toHaveLength(1);
  vi.advanceTimersByTime(26_000);
  expect(heard).toEqual(["open", "deployment", "lost"]);
  expect(first!.readyState).toBe(Source.CLOSED);
  expect(Source.made[1]!.url).toBe("/v1/deployments/d/events?after=17");
  leave();
  vi.advanceTimersByTime(60_000);
  expect(Source.made).toHaveLength(2);
});
