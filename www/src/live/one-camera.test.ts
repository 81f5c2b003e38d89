import { expect, test } from "vitest";
import { cameraRuns, OneCamera, type Holding, type Locks } from "./one-camera";

/** A browser's locks, as far as they are asked for, and a page for each call. */
function browser() {
  let held: { taken: (why: Error) => void } | undefined;
  const queue: (() => void)[] = [];
  const locks: Locks = {
    request: (_name, { steal, ifAvailable, signal }, granted) =>
      new Promise((resolve, reject) => {
        const grant = () => {
          const mine = { taken: reject };
          held = mine;
          void Promise.resolve(granted({})).then(() => {
            if (held === mine) held = undefined;
            queue.shift()?.();
            resolve(undefined);
          });
        };
        if (steal === true) {
          held?.taken(new Error("taken"));
          grant();
        } else if (held === undefined) grant();
        else if (ifAvailable === true) resolve(granted(null));
        else {
          queue.push(grant);
          signal?.addEventListener("abort", () => {
            queue.splice(queue.indexOf(grant), 1);
            reject(new Error("too late"));
          });
        }
      }),
    query: async () => ({ held: held === undefined ? [] : [{ name: "vedette-camera" }], pending: [] }),
  };
  const page = () => {
    const told: Holding[] = [];
    return { one: new OneCamera(locks, (holding) => told.push(holding)), told };
  };
  return { locks, page };
}

const settle = () => new Promise((done) => setTimeout(done, 0));
const looks = async (one: OneCamera, times: number) => {
  for (let look = 0; look < times; look += 1) await one.look();
  await settle();
};

test("R129: one page of a browser has the camera, the next one sees that before anybody starts it, and takes it over only when asked to", async () => {
  const { locks, page } = browser();
  const [first, second] = [page(), page()];
  await looks(first.one, 1);
  expect(await cameraRuns(locks)).toBe(false);
  first.one.want(true);
  await looks(second.one, 1);
  expect([first.told, second.told]).toEqual([["free", "held"], ["elsewhere"]]);
  expect(await cameraRuns(locks)).toBe(true);
  second.one.want(true);
  await looks(second.one, 5);
  expect(second.told).toEqual(["elsewhere"]);
  second.one.takeOver();
  await settle();
  expect([first.told.at(-1), second.told.at(-1)]).toEqual(["taken", "held"]);
});

test("R129: a page that wants the camera goes on by itself once nobody has it, and not while one is only being loaded anew", async () => {
  const { page } = browser();
  const [first, second] = [page(), page()];
  first.one.want(true);
  await settle();
  await looks(second.one, 1);
  second.one.want(true);
  await new Promise((done) => setTimeout(done, 1_100));
  first.one.want(false);
  await settle();
  await looks(second.one, 5);
  expect(second.told.at(-1)).toBe("elsewhere");
  await looks(second.one, 1);
  expect(second.told.at(-1)).toBe("held");
});

test("a page that wants no camera says that it is free again, and without locks whoever wants it has it", async () => {
  const { page } = browser();
  const [first, second] = [page(), page()];
  first.one.want(true);
  await looks(second.one, 1);
  first.one.want(false);
  await settle();
  await looks(second.one, 1);
  expect(second.told).toEqual(["elsewhere", "free"]);
  const told: Holding[] = [];
  const alone = new OneCamera(undefined, (holding) => told.push(holding));
  await alone.look();
  alone.want(true);
  expect(told).toEqual(["free", "held"]);
});
