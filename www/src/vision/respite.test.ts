import { expect, test } from "vitest";
import { LONGEST_MS, Respite } from "./respite";

test("a server that has too much to do is left alone for as long as it asks, and some tablets leave it alone for longer", () => {
  for (const [random, ms] of [
    [0, 2_000],
    [1, 3_000],
  ] as const) {
    const respite = new Respite(() => random);
    expect(respite.isOver(0)).toBe(true);
    respite.ask("2", 10_000);
    expect(respite.isOver(10_000 + ms - 1)).toBe(false);
    expect(respite.isOver(10_000 + ms)).toBe(true);
  }
});

test("an answer to something that was sent before makes it no shorter", () => {
  const respite = new Respite(() => 0);
  respite.ask("5", 1_000);
  respite.ask("1", 1_500);
  respite.ask("0", 1_600);
  expect(respite.isOver(5_999)).toBe(false);
  expect(respite.isOver(6_000)).toBe(true);
});

test("what asks for nothing, in vain, or for ever is not obeyed", () => {
  const respite = new Respite(() => 0);
  for (const header of [null, "", "-1", "1.5", "soon", "Fri, 27 Nov 2026 06:15:00 GMT"]) respite.ask(header, 1_000);
  expect(respite.isOver(1_000)).toBe(true);
  respite.ask("99999999999", 1_000);
  expect(respite.isOver(1_000 + LONGEST_MS)).toBe(true);
});
