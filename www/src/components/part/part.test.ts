import { expect, test } from "vitest";
import { Part } from "./part";

test("a part that opens or closes stays the same element, so that what is typed in it stays", () => {
  const of = (folded: boolean) => Part({ id: "a", title: "A", folded, children: "b" }) as { type: unknown; props: { open?: boolean } };
  expect(of(true).type).toBe(of(false).type);
  expect([of(true).props.open, of(false).props.open]).toEqual([false, true]);
});
