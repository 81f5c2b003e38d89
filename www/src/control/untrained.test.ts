import { expect, test } from "vitest";
import type { RoleGrant } from "../api/types";
import { untrainedText } from "./untrained";

const commander = (trained_until: string | null): RoleGrant[] => [{ role: "commander", trained_until }];

test("r116: a commander whose training isn't recorded, or is over, is told so, and nobody else is", () => {
  expect(untrainedText(commander(null), [])).toContain("isn't recorded");
  expect(untrainedText(commander("2026-03-01"), [])).toContain("1 March 2026");
  expect(untrainedText(commander("2099-03-01"), ["plan"])).toBeUndefined();
  expect(untrainedText([{ role: "operator", trained_until: null }], [])).toBeUndefined();
});
