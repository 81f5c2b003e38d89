import { expect, test } from "vitest";
import { holds, Lease, LEASE_MS } from "./lease";

function clocks() {
  const at = { steady: 1_000, wall: 1_700_000_000_000 };
  return { at, given: { steady: () => at.steady, wall: () => at.wall } };
}

test("R106: a screen that heard nothing of its server for 15 minutes shows nothing any more", () => {
  const { at, given } = clocks();
  const lease = new Lease(given);
  at.steady += LEASE_MS - 1;
  at.wall += LEASE_MS - 1;
  expect(lease.isOver).toBe(false);
  at.steady += 1;
  expect(lease.isOver).toBe(true);
  lease.renew();
  expect(lease.isOver).toBe(false);
});

test("R106: neither a clock that is set back nor a device that sleeps makes it longer", () => {
  const { at, given } = clocks();
  const lease = new Lease(given);
  at.steady += LEASE_MS;
  at.wall -= 24 * 3_600_000;
  expect(lease.isOver).toBe(true);
  lease.renew();
  // Asleep: one clock stands still.
  at.wall += LEASE_MS;
  expect(lease.isOver).toBe(true);
});

test("R106: what a page left behind holds no longer than the page would have", () => {
  const renewed = 1_700_000_000_000;
  expect(holds(renewed, renewed + LEASE_MS - 1)).toBe(true);
  expect(holds(renewed, renewed + LEASE_MS)).toBe(false);
  expect(holds(renewed, renewed - 1)).toBe(false);
});
