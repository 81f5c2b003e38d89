import { expect, test } from "vitest";
import { uuid7 } from "./uuid";

test("an id is of version 7, holds its time, and is no other's", () => {
  const id = uuid7(0x0123456789ab);
  expect(id).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(uuid7(0x0123456789ab)).not.toBe(id);
});
