import { beforeEach, expect, test, vi } from "vitest";

vi.mock("../lib/shell", () => ({ keepShell: async () => undefined, isChecked: async () => true }));
const source = vi.fn(async () => "/assets/worker-1.js");
vi.mock("./source", () => ({ workerSource: () => source(), SourceFailure: class extends Error {} }));
const counted: [string, ...unknown[]][] = [];
vi.mock("../live/reports", () => ({
  reports: () => ({
    listen: () => () => undefined,
    kiosk: (...what: [string, string]) => counted.push(what),
    faces: (...what: [string, number, number]) => counted.push(what),
  }),
}));
const { Vision } = await import("./client");

const PIER = { id: "pier", zone: { points: [], smallest: 0 } } as unknown as NonNullable<Parameters<InstanceType<typeof Vision>["setDeployment"]>[0]>;
let say: ((data: unknown) => void) | undefined;
let crash: (() => void) | undefined;
vi.stubGlobal("navigator", { hardwareConcurrency: 2 });
/** What each worker was started from, and what it heard. */
let workers: { from: string; heard: string[] }[];

beforeEach(() => {
  counted.length = 0;
  say = undefined;
  workers = [];
  vi.stubGlobal(
    "Worker",
    class {
      readonly heard: string[] = [];
      constructor(readonly from: string) {
        workers.push(this);
      }
      set onerror(listen: (event: { preventDefault(): void; message: string }) => void) {
        crash = () => listen({ preventDefault: () => undefined, message: "stopped" });
      }
      set onmessage(listen: (event: { data: unknown }) => void) {
        say = (data) => listen({ data });
      }
      postMessage({ kind }: { kind: string }) {
        this.heard.push(kind);
      }
      terminate() {}
    },
  );
});

test("r123: what came of a visit is its deployment's, though its lane closed meanwhile", () => {
  const vision = new Vision(() => undefined, "kiosk");
  vision.setDeployment(PIER);
  vision.beginVisit();
  vision.setDeployment(undefined);
  vision.endVisit("unproven", true);
  expect(counted).toEqual([
    ["pier", "visits"],
    ["pier", "unproven"],
    ["pier", "staffed"],
    ["pier", 1, 1],
  ]);
  // A camera that wasn't given in time is an attempt too; without a lane there is none.
  vision.setDeployment(PIER);
  counted.length = 0;
  vision.endVisit("unclear", false);
  vision.setDeployment(undefined);
  vision.endVisit("unclear", false);
  expect(counted).toEqual([
    ["pier", "unclear"],
    ["pier", 1, 1],
  ]);
});

test("r87: people who left the view count for the deployment in whose space they were looked at", async () => {
  const heard: unknown[] = [];
  const vision = new Vision((message) => heard.push(message.kind), "tablet");
  await vi.waitFor(() => expect(say).toBeDefined());
  vision.setDeployment(PIER);
  const faces = (deployment: string | null, seen: number) => say?.({ kind: "faces", ended: { deployment, seen, notAssessable: 1 } });
  faces("gate", 2);
  faces("gate", 0);
  faces(null, 2);
  expect(counted).toEqual([["gate", 2, 1]]);
  expect(heard).toEqual(["faces", "faces", "faces"]);
  vision.close();
});

test("R106, R107: a worker that starts again runs what is checked by then, and hears what the one before had heard", async () => {
  const vision = new Vision(() => undefined, "tablet");
  await vi.waitFor(() => expect(workers).toHaveLength(1));
  vision.setDeployment(PIER);
  vision.setList("list");
  // A new build took over, which knows nothing of this page's file.
  for (const [checked, from] of [
    ["blob:1", "blob:1"],
    ["/assets/worker-1.js", "blob:1"],
  ] as const) {
    source.mockResolvedValueOnce(checked);
    const before = workers.length;
    crash?.();
    vision.load();
    await vi.waitFor(() => expect(workers).toHaveLength(before + 1));
    expect(workers.at(-1)).toMatchObject({ from, heard: ["deployment", "show", "list", "load"] });
  }
  source.mockReset();
  vision.close();
});
