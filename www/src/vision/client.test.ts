import { beforeEach, expect, test, vi } from "vitest";

vi.mock("../lib/shell", () => ({ keepShell: async () => undefined, isChecked: async () => true }));
vi.mock("./source", () => ({ workerSource: async () => "/assets/worker-1.js", SourceFailure: class extends Error {} }));
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

beforeEach(() => {
  counted.length = 0;
  say = undefined;
  vi.stubGlobal(
    "Worker",
    class {
      set onmessage(listen: (event: { data: unknown }) => void) {
        say = (data) => listen({ data });
      }
      postMessage() {}
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
  const vision = new Vision((message) => heard.push(message.kind));
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
