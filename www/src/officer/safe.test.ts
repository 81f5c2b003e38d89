import { expect, test } from "vitest";
import { fakeShelf } from "./fake-shelf";
import { LEASE_MS } from "./lease";
import type { Kept } from "./outbox";
import { Safe } from "./safe";

const START = 1_700_000_000_000;
const NOTE = "She spoke of Ebenezer";

function made() {
  const { lies, shelf } = fakeShelf();
  const at = { now: START };
  const safe = new Safe<Kept>(shelf, () => at.now);
  return { safe, lies, at };
}

const kept = (id: string, at: number): Kept => ({
  id,
  alert: "alert-1",
  at,
  writing: { kind: "engagement", version: 3, body: { outcome: { kind: "lost" }, note: NOTE } },
});

test("R128: what was written comes back to its writer, in order, and lies there as ciphertext under a key that can't be read", async () => {
  const { safe, lies } = made();
  await safe.keep("petra", START, kept("b", START + 2));
  await safe.keep("petra", START, kept("a", START + 1));
  expect((await safe.open("petra")).map(({ id }) => id)).toEqual(["a", "b"]);
  for (const { bytes } of lies.sealed.values()) expect(Buffer.from(bytes).includes("Ebenezer")).toBe(false);
  expect(lies.key?.key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey("raw", lies.key!.key)).rejects.toThrow();
  await safe.remove("a");
  expect((await safe.open("petra")).map(({ id }) => id)).toEqual(["b"]);
});

test("R128: it goes, with its key, when somebody else signs in, when it is forgotten, and when the lease is over", async () => {
  for (const end of ["other", "forgotten", "over", "set back"]) {
    const { safe, lies, at } = made();
    await safe.keep("petra", START, kept("a", START));
    if (end === "forgotten") await safe.forget();
    if (end === "over") at.now += LEASE_MS;
    if (end === "set back") at.now -= 1;
    expect(await safe.open(end === "other" ? "otto" : "petra"), end).toEqual([]);
    expect([lies.key, lies.sealed.size], end).toEqual([undefined, 0]);
  }
});

test("R128: what was changed, or moved into another's place, is not taken for what was written", async () => {
  const { safe, lies } = made();
  await safe.keep("petra", START, kept("a", START));
  await safe.keep("petra", START, kept("b", START));
  new Uint8Array(lies.sealed.get("a")!.bytes)[0]! ^= 1;
  lies.sealed.set("c", { ...lies.sealed.get("b")!, id: "c" });
  expect((await safe.open("petra")).map(({ id }) => id)).toEqual(["b"]);
});

test("R128: how many wait is known without knowing whose they are, and what is too old to be opened is not taken for what is gone", async () => {
  const { safe, lies, at } = made();
  expect(await safe.count()).toEqual({ kind: "fresh", count: 0 });
  await safe.keep("petra", START, kept("a", START));
  await safe.keep("petra", START, kept("b", START));
  expect([await safe.count(), lies.sealed.size]).toEqual([{ kind: "fresh", count: 2 }, 2]);
  at.now += LEASE_MS;
  expect(await safe.count()).toEqual({ kind: "too_old", count: 2 });
  await safe.forget();
  expect(await safe.count()).toEqual({ kind: "fresh", count: 0 });
});
