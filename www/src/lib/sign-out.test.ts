import { expect, test, vi } from "vitest";

vi.stubGlobal("location", { origin: "https://vedette.test" });
const told = { times: 0 };
vi.mock("./signed-out", () => ({ tellSignedOut: () => (told.times += 1) }));
const { signOut } = await import("./sign-out");

test("R129: other pages hear of a sign-out once nobody is signed in, and of none that failed", async () => {
  const heard = async (reply: () => Promise<Response>) => {
    told.times = 0;
    vi.stubGlobal("fetch", reply);
    await signOut();
    return told.times;
  };
  const status = (status: number) => async () => new Response(null, { status });
  expect([await heard(status(204)), await heard(status(401))]).toEqual([1, 1]);
  const away = () => Promise.reject(new Error("no reply"));
  expect([await heard(status(500)), await heard(status(503)), await heard(away)]).toEqual([0, 0, 0]);
});
