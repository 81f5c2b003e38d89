import { expect, test, vi } from "vitest";
import type { BatchAnswer, Particulars, RosterRow } from "../../api/types";
import type { Photo, Photographs } from "./archive";
import { BATCH, batchEntry, enrolAll, lookThrough, standing, wipe, Work, type Looks, type Person, type Seen, type Shot } from "./intake";
import { Pace } from "./pace";

const particulars = { nominal_id: "N1" } as Particulars;
const row = (over: Partial<RosterRow> = {}): RosterRow => ({ line: 2, name: "Ann", nominal_id: "N1", photos: ["1.jpg"], particulars, faults: [], warnings: [], needs: [], already_listed: false, ...over });
const person = (over: Partial<RosterRow> = {}, override = ""): Person => ({ row: row(over), override, outcome: undefined });
const usable = (quality: number, compression: Shot["compression"] = null): Seen => ({ kind: "usable", shot: { template: "t", model: "m", pipeline: 1, transform: null, quality, compression, picture: new Uint8Array([1, 2]) } });
const looks = (seen: Record<string, Seen>): Looks => new Map(Object.entries(seen));
const FLOOR = 0.5;
const nothing = () => undefined;

test("nobody is ready before the row has no fault and each photograph was looked at", () => {
  expect(standing(person(), looks({}), FLOOR)).toBe("unseen");
  expect(standing(person(), looks({ "1.jpg": usable(0.9) }), FLOOR)).toBe("ready");
  expect(standing(person({ faults: [{ column: "category", what: { code: "empty" }, message: "x" }] }), looks({ "1.jpg": usable(0.9) }), FLOOR)).toBe("faulty");
  expect(standing(person({ photos: ["1.jpg", "2.jpg"] }), looks({ "1.jpg": usable(0.9) }), FLOOR)).toBe("unseen");
  expect(standing(person({ photos: ["1.jpg", "2.jpg"] }), looks({ "1.jpg": usable(0.9), "2.jpg": { kind: "unusable", text: "x" } }), FLOOR)).toBe("faulty");
  expect(standing(person(), looks({ "1.jpg": { kind: "several", faces: 2 } }), FLOOR)).toBe("faulty");
  expect(standing(person({ already_listed: true, faults: [{ column: "name", what: { code: "empty" }, message: "x" }] }), looks({}), FLOOR)).toBe("already_listed");
});

test("r26 a picture below the floor waits for a reason", () => {
  const seen = looks({ "1.jpg": usable(0.4) });
  expect(standing(person(), seen, FLOOR)).toBe("poor");
  expect(standing(person({}, "  "), seen, FLOOR)).toBe("poor");
  expect(standing(person({}, "The only picture there is"), seen, FLOOR)).toBe("ready");
});

test("r26 a picture whose file was compressed too strongly waits for a reason, and its compression is sent along", () => {
  const seen = looks({ "1.jpg": usable(0.9, { quality: 12, enough: false }) });
  expect(standing(person(), seen, FLOOR)).toBe("poor");
  expect(standing(person({}, "The only picture there is"), seen, FLOOR)).toBe("ready");
  expect(standing(person(), looks({ "1.jpg": usable(0.9, { quality: 80, enough: true }) }), FLOOR)).toBe("ready");
  expect(batchEntry(person({}, "The only picture there is"), seen)?.portraits[0]?.jpeg_quality).toBe(12);
});

const photographs: Photographs = { names: [], count: 0, unused: () => [], read: async (name) => ({ kind: "photo", blob: new Blob([name]) }) };

test("looking at photographs pauses, goes on, and ends when it is told to", async () => {
  const seen: string[] = [];
  const work = new Work(nothing);
  const look = async (photo: Photo): Promise<Seen> => {
    const file = photo.kind === "photo" ? await photo.blob.text() : "";
    if (file === "b") work.pause();
    if (file === "d") work.end();
    return { kind: "unusable", text: file };
  };
  const running = lookThrough(["a", "b", "c", "d", "e"], photographs, look, (file) => void seen.push(file), work);
  await new Promise((done) => setTimeout(done, 5));
  expect(seen).toEqual(["a", "b"]);
  work.resume();
  await running;
  expect(seen).toEqual(["a", "b", "c", "d"]);
});

test("several photographs are looked at side by side, each once, and all wait and end together", async () => {
  const seen: string[] = [];
  const files = Array.from({ length: 40 }, (_, at) => `${at}.jpg`);
  const work = new Work(nothing);
  const [most, looking] = [3, { now: 0, most: 0 }];
  const look = async (): Promise<Seen> => {
    looking.now += 1;
    looking.most = Math.max(looking.most, looking.now);
    await new Promise((done) => setTimeout(done));
    looking.now -= 1;
    return { kind: "unusable", text: "x" };
  };
  const keep = (file: string) => {
    seen.push(file);
    if (seen.length === 12) work.pause();
    if (seen.length === 30) work.end();
  };
  const running = lookThrough(files, photographs, look, keep, work, most);
  await vi.waitFor(() => expect([looking.now, seen.length >= 12]).toEqual([0, true]), { timeout: 5_000 });
  expect(looking.most).toBe(most);
  expect(seen.length).toBeLessThan(12 + most);
  work.resume();
  await running;
  expect(seen.length).toBeLessThan(30 + most);
  expect(new Set(seen).size).toBe(seen.length);
});

test("an engine that fails ends the looking, and its photograph is looked at again later", async () => {
  const seen: string[] = [];
  const look = async (): Promise<Seen | undefined> => (seen.length === 1 ? undefined : { kind: "unusable", text: "x" });
  await lookThrough(["a", "b", "c"], photographs, look, (file) => void seen.push(file), new Work(nothing));
  expect(seen).toEqual(["a"]);
});

const everybody = Array.from({ length: 2 * BATCH + 3 }, (_, at) => person({ name: `Person ${at}`, nominal_id: `N${at}` }));
const listed = (name: string): BatchAnswer => ({ nominal_id: name, outcome: "listed", entry: null, problem: null, quality: false, unlike_own: false, resembles: [] });

test("people go in batches, and each gets the answer that is hers", async () => {
  const sizes: number[] = [];
  const answers = new Map<string, string>();
  const send = async (entries: { name: string }[]) => {
    sizes.push(entries.length);
    return { ok: true as const, value: entries.map(({ name }) => listed(name)) };
  };
  const problem = await enrolAll(everybody, looks({ "1.jpg": usable(0.9) }), send, ({ row }, answer) => void answers.set(row.name, answer.nominal_id ?? ""), new Work(nothing));
  expect(problem).toBeUndefined();
  expect(sizes).toEqual([BATCH, BATCH, 3]);
  expect([...answers]).toEqual(everybody.map(({ row }) => [row.name, row.name]));
});

test("a batch that gets no answer stops the rest, and nothing of it counts as listed", async () => {
  const answers: string[] = [];
  let calls = 0;
  const send = async (entries: { name: string }[]) => {
    calls += 1;
    return calls === 2 ? { ok: false as const, problem: { kind: "unreachable" as const } } : { ok: true as const, value: entries.map(({ name }) => listed(name)) };
  };
  const problem = await enrolAll(everybody, looks({ "1.jpg": usable(0.9) }), send, ({ row }) => void answers.push(row.name), new Work(nothing));
  expect(problem).toEqual({ kind: "unreachable" });
  expect(answers).toHaveLength(BATCH);
});

test("what was looked at is overwritten", () => {
  const seen = usable(0.9);
  wipe(seen);
  expect(seen.kind === "usable" && [...seen.shot.picture, seen.shot.template]).toEqual([0, 0, ""]);
});

test("the time that is left follows from the pace, and pauses don't count", () => {
  const pace = new Pace();
  pace.run(0);
  expect(pace.left(2, 100, 200)).toBeUndefined();
  expect(pace.left(10, 100, 1_000)).toBe(9_000);
  pace.rest(1_000);
  expect(pace.left(10, 100, 60_000)).toBe(9_000);
  pace.run(60_000);
  expect(pace.left(20, 100, 61_000)).toBe(8_000);
});
