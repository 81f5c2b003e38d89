import { expect, test } from "vitest";
import { cameraRuns, OneCamera, type Holding, type Locks } from "./one-camera";

/** A browser's locks, as far as they are asked for, and a page for each call. */
function browser() {
  type Request = { grant: () => void; refuse: (why: string) => void };
  let held: Request | undefined;
  const queue: Request[] = [];
  const next = () => {
    if (held === undefined) queue.shift()?.grant();
  };
  const locks: Locks = {
    request: (_name, { steal, ifAvailable, signal }, granted) =>
      new Promise((resolve, reject) => {
        // As in a browser, only what waits can be given up.
        if (signal !== undefined && (steal === true || ifAvailable === true)) throw new Error("not supported");
        const request: Request = {
          grant: () => {
            held = request;
            void Promise.resolve(granted({})).then(() => {
              resolve(undefined);
              if (held !== request) return;
              held = undefined;
              next();
            });
          },
          refuse: (why) => reject(new Error(why)),
        };
        if (steal === true) {
          held?.refuse("taken");
          request.grant();
        } else if (ifAvailable === true && held !== undefined) resolve(granted(null));
        else {
          queue.push(request);
          signal?.addEventListener("abort", () => {
            const at = queue.indexOf(request);
            if (at < 0) return;
            queue.splice(at, 1);
            request.refuse("given up");
          });
          next();
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

test("R129: a page that takes the camera over while it still waits for it keeps it, and lets it go when it wants it no more", async () => {
  const { locks, page } = browser();
  const [first, second] = [page(), page()];
  first.one.want(true);
  await settle();
  second.one.want(true);
  await looks(second.one, 1);
  second.one.takeOver();
  await settle();
  expect([first.told.at(-1), second.told.at(-1)]).toEqual(["taken", "held"]);
  await new Promise((done) => setTimeout(done, 1_200));
  await looks(first.one, 1);
  await looks(second.one, 1);
  expect([first.told.at(-1), second.told.at(-1)]).toEqual(["taken", "held"]);
  second.one.want(false);
  await settle();
  expect([second.told.at(-1), await cameraRuns(locks)]).toEqual(["free", false]);
});

test("R129: a page that asked for the camera and wants it no more does not get it afterwards", async () => {
  const { locks, page } = browser();
  const [first, second] = [page(), page()];
  first.one.want(true);
  await settle();
  second.one.want(true);
  second.one.want(false);
  second.one.want(true);
  second.one.want(false);
  first.one.want(false);
  await settle();
  expect([second.told, await cameraRuns(locks)]).toEqual([[], false]);
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
