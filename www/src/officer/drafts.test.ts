import { expect, test } from "vitest";
import { Drafts, type Drafted } from "./drafts";
import type { Draft } from "./engagement";
import { fakeShelf } from "./fake-shelf";
import { LEASE_MS } from "./lease";
import { Safe } from "./safe";

const START = 1_700_000_000_000;
const WRITTEN: Draft = { outcome: "engaged_true", minutes: 5, began: "10:20", others: "", note: "She spoke of Ebenezer" };

/** A browser's database, and the pages that are loaded on it one after the other. */
function browser() {
  const { lies, shelf } = fakeShelf();
  const at = { now: START };
  const page = async (user: string) => {
    const drafts = new Drafts(new Safe<Drafted>(shelf, () => at.now), () => at.now);
    await drafts.open(user);
    return drafts;
  };
  return { lies, at, page };
}

test("R128: a form that is half filled in comes back to its writer after a reload, as it was last, and lies there as ciphertext", async () => {
  const { lies, page } = browser();
  const drafts = await page("petra");
  for (const note of ["She", "She spoke", WRITTEN.note]) drafts.keep("petra", START, "alert", "pier", { ...WRITTEN, note });
  await drafts.written;
  expect((await page("petra")).of("alert")).toEqual(WRITTEN);
  for (const { bytes } of lies.sealed.values()) expect(Buffer.from(bytes).includes("Ebenezer")).toBe(false);
  expect(lies.key?.key.extractable).toBe(false);
});

test("R75, R128: it goes when it is saved, with its deployment, when somebody signs out or somebody else signs in, and with the lease", async () => {
  for (const end of ["saved", "deployment", "signed out", "other", "over"]) {
    const { lies, at, page } = browser();
    const drafts = await page("petra");
    drafts.keep("petra", START, "alert", "pier", WRITTEN);
    // At once, while it is still being written.
    if (end === "saved") drafts.drop("alert");
    if (end === "deployment") drafts.only(START, { live: ["another"], all: ["another"] });
    if (end === "signed out") drafts.forget();
    await drafts.written;
    if (end === "over") at.now += LEASE_MS;
    expect((await page(end === "other" ? "otto" : "petra")).of("alert"), end).toBeUndefined();
    expect(lies.sealed.size, end).toBe(0);
  }
});

test("it stays while its deployment is live and the server is heard of, however long nobody writes", async () => {
  const { at, page } = browser();
  const drafts = await page("petra");
  drafts.keep("petra", START, "alert", "pier", WRITTEN);
  drafts.only(START, { live: ["pier", "another"], all: ["pier", "another"] });
  at.now += LEASE_MS - 1;
  drafts.renew(at.now);
  at.now += LEASE_MS - 1;
  await drafts.written;
  expect((await page("petra")).of("alert")).toEqual(WRITTEN);
});

test("R75, R128: what one person wrote is not the next one's, also where nobody signed out between on this page", async () => {
  const { lies, page } = browser();
  const drafts = await page("petra");
  drafts.keep("petra", START, "alert", "pier", WRITTEN);
  await drafts.open("otto");
  expect(drafts.of("alert")).toBeUndefined();
  // Also what was on its way into the browser when the other one came.
  await drafts.written;
  expect(lies.sealed.size).toBe(0);
  await drafts.open("petra");
  expect(drafts.of("alert")).toBeUndefined();
});

test("R75: who signs out while a page begins finds nothing of before", async () => {
  const { page, lies } = browser();
  const before = await page("petra");
  before.keep("petra", START, "alert", "pier", WRITTEN);
  await before.written;
  const drafts = await page("petra");
  const opening = drafts.open("petra");
  drafts.forget();
  await opening;
  await drafts.written;
  expect([drafts.of("alert"), lies.key, lies.sealed.size]).toEqual([undefined, undefined, 0]);
});

test("R75, R128: a form that answers after its writer signed out keeps nothing, whoever is there then, until its writer is again", async () => {
  const { lies, page } = browser();
  const drafts = await page("petra");
  const late = () => drafts.keep("petra", START, "alert", "pier", WRITTEN);
  drafts.forget();
  late();
  await drafts.written;
  expect([drafts.of("alert"), lies.key, lies.sealed.size]).toEqual([undefined, undefined, 0]);
  await drafts.open("otto");
  drafts.keep("otto", START, "his", "pier", WRITTEN);
  late();
  await drafts.written;
  expect([drafts.of("alert"), drafts.of("his"), lies.key?.user, lies.sealed.size]).toEqual([undefined, WRITTEN, "otto", 1]);
  await drafts.open("petra");
  late();
  expect([drafts.of("alert"), drafts.of("his")]).toEqual([WRITTEN, undefined]);
});

test("R75: a draft that can't be saved any more goes, and one of which nothing is known yet stays", async () => {
  const { page } = browser();
  const drafts = await page("petra");
  for (const [alert, deployment] of [["mine", "pier"], ["taken", "pier"], ["elsewhere", "square"]] as const) drafts.keep("petra", START, alert, deployment, WRITTEN);
  const both = { live: ["pier", "square"], all: ["pier", "square"] };
  expect(drafts.only(START, both)).toBe(false);
  expect(["mine", "taken", "elsewhere"].filter((alert) => drafts.of(alert) !== undefined)).toEqual(["mine", "taken", "elsewhere"]);
  expect(drafts.only(START, both, { deployment: "pier", matches: ["mine"] })).toBe(true);
  expect(["mine", "taken", "elsewhere"].filter((alert) => drafts.of(alert) !== undefined)).toEqual(["mine", "elsewhere"]);
});

test("R72: the end takes names and notes from what is half written and says so, and leaves the answers", async () => {
  const { lies, page } = browser();
  const drafts = await page("petra");
  drafts.keep("petra", START, "alert", "pier", WRITTEN);
  drafts.keep("petra", START, "check", "pier", { form: "check", kind: "document" });
  drafts.keep("petra", START, "elsewhere", "square", WRITTEN);
  // Told, so that a form that is shown already says so too; and once.
  expect(drafts.only(START, { live: ["square"], all: ["square", "pier"] })).toBe(true);
  expect(drafts.only(START, { live: ["square"], all: ["square", "pier"] })).toBe(false);
  await drafts.written;
  const after = await page("petra");
  expect(after.of("alert")).toEqual({ ...WRITTEN, others: "", note: "" });
  expect(after.of("check")).toEqual({ form: "check", kind: "document" });
  expect(after.of("elsewhere")).toEqual(WRITTEN);
  expect(["alert", "check", "elsewhere"].map((alert) => after.isCut(alert))).toEqual([true, false, false]);
  // What is answered after it does not bring back what is gone, nor the silence about it.
  after.keep("petra", START, "alert", "pier", { ...WRITTEN, others: "", note: "", minutes: 10 });
  expect(after.isCut("alert")).toBe(true);
  // Nor does what was on its way when the end came.
  drafts.keep("petra", START, "late", "pier", WRITTEN);
  expect([drafts.of("late"), drafts.isCut("late")]).toEqual([{ ...WRITTEN, others: "", note: "" }, true]);
  drafts.drop("late");
  await drafts.written;
  expect(lies.sealed.size).toBe(3);
});

test("R72: what is refused after the end still says that names and notes are gone, and what is put aside does not", async () => {
  const { page } = browser();
  const drafts = await page("petra");
  const rest = { ...WRITTEN, others: "", note: "" };
  drafts.keep("petra", START, "alert", "pier", WRITTEN);
  drafts.only(START, { live: [], all: ["pier"] });
  drafts.sent("alert");
  expect([drafts.of("alert"), drafts.isCut("alert")]).toEqual([undefined, true]);
  drafts.keep("petra", START, "alert", "pier", rest);
  await drafts.written;
  expect((await page("petra")).isCut("alert")).toBe(true);
  for (const over of [() => drafts.drop("alert"), () => drafts.forget()]) {
    drafts.sent("alert");
    over();
    await drafts.open("petra");
    drafts.keep("petra", START, "alert", "pier", rest);
    expect(drafts.isCut("alert")).toBe(false);
    drafts.keep("petra", START, "alert", "pier", WRITTEN);
  }
});
