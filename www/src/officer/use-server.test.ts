import { h, render } from "preact";
import { afterEach, expect, test, vi } from "vitest";
import type { Action } from "./state";

vi.stubGlobal("location", { origin: "https://vedette.test" });
/** Says that another page of the browser signed out. */
let elsewhere: () => void = () => undefined;
vi.mock("../lib/signed-out", () => ({ onSignedOut: (heard: () => void) => ((elsewhere = heard), () => undefined), tellSignedOut: () => undefined }));
const { useServer } = await import("./use-server");

let session: () => Promise<Response> = async () => new Response(null, { status: 401 });
vi.stubGlobal("fetch", (asked: Request | string) => (asked instanceof Request && asked.url.endsWith("/session") ? session() : Promise.resolve(new Response("{}"))));

let shown: ReturnType<typeof useServer>;
const told: Action[] = [];
function Page() {
  shown = useServer(false, (action) => told.push(action));
  return null;
}
const place = { nodeType: 1, childNodes: [], firstChild: null } as unknown as Element;
afterEach(() => render(null, place));

test("R129: a page says that another one signed out only of the session that was ended there", async () => {
  render(h(Page, null), place);
  const signedOut = async () => {
    told.length = 0;
    await shown.loadSession();
    return told.flatMap((action) => (action.kind === "session" ? [action.session] : [])).at(-1);
  };
  const away = async () => Promise.reject(new Error("no reply"));
  const nobody = async () => new Response(null, { status: 401 });
  // Effects run after the page is drawn.
  await new Promise((done) => setTimeout(done, 100));
  expect(await signedOut()).toEqual({ kind: "signed_out" });
  elsewhere();
  expect(await signedOut()).toEqual({ kind: "signed_out", elsewhere: true });
  session = away;
  elsewhere();
  await signedOut();
  session = nobody;
  expect(await signedOut()).toEqual({ kind: "signed_out" });
});
