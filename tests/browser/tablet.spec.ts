import { expect, test, type Page } from "@playwright/test";
import { Line } from "./support/line";
import { Product } from "./support/product";
import { seen } from "./support/live";
import { accessible, browser, browserStorage, enrol, goLive, PASSWORD, recordStates, screen, setUp, startPilot, state, TABLET } from "./support/screens";

const NOTE = "He waited beside the Ebenezer statue";

const card = (page: Page) => page.getByTestId("alert-card").first();
const inside = (page: Page) => page.evaluate(() => (globalThis as unknown as { crossOriginIsolated: boolean }).crossOriginIsolated && navigator.serviceWorker.controller !== null);

/** What the server has of the first alert. */
async function engagement(page: Page, product: Product, pilot: string): Promise<unknown> {
  const reply = await page.request.get(`${product.url}/v1/deployments/${pilot}/alerts`);
  const alerts = (await reply.json()) as { state: { engagement?: { outcome: unknown; note: string | null } | null } }[];
  const found = alerts.map((alert) => alert.state.engagement).find((one) => one != null);
  return found && { outcome: found.outcome, note: found.note };
}

test("R107, R108, R127, R128: without a server a tablet says so, keeps what was written and no face, opens again, and runs no file that was changed", async () => {
  const product = await Product.start();
  const line = await Line.to(product);
  const tablet = await browser({ clip: "returning" });
  try {
    const { context, page } = await screen(tablet, product, TABLET, line.url);
    await setUp(page, product);
    const pilot = await startPilot(page);
    await enrol(page, "obama.jpg", "Volunteer One");
    await goLive(page);
    await expect(card(page)).toBeVisible({ timeout: 60_000 });
    // Where letters leave no room for both, the alert has it, and the camera's view comes back when it is asked for.
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    const view = page.getByTestId("camera-overlay");
    await expect.soft(view).toBeHidden();
    for (const visible of [true, false]) {
      await page.getByTestId("view-fold").click();
      await expect.soft(view).toBeVisible({ visible });
    }
    await page.evaluate(() => (document.documentElement.style.fontSize = ""));
    await page.setViewportSize(TABLET);
    await card(page).getByTestId("alert-open").click();
    await card(page).getByTestId("verdict-true").click();
    await card(page).getByTestId("engagement-open").click();
    // All that is kept of the product is files: nothing that the server answers.
    const cached = await page.evaluate(async () => {
      const requests = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(cached.filter((path) => path.startsWith("/v1"))).toEqual([]);
    for (const part of [/^\/officer\.html$/, /\.wasm$/, /^\/models\/face_detection/, /^\/models\/face_recognition/]) expect(cached.some((path) => part.test(path)), String(part)).toBe(true);

    line.cut();
    await state(page, "no_server");
    const asked = line.asked.length;
    await expect(page.getByTestId("missing")).toContainText(/^For \d/);
    await card(page).getByTestId("engagement-outcome-lost").check();
    await card(page).locator(".v-engagement__more summary").click();
    await card(page).locator("#engagement-note").fill(NOTE);
    await card(page).getByTestId("engagement-save").click();
    await expect(card(page).getByTestId("kept-offline")).toContainText("not sent yet");
    await expect(card(page).getByTestId("engagement-open")).toHaveCount(0);
    await seen(page, "tablet-offline");
    // Sealed, and nothing of a face beside it: one record is all that waits.
    const stored = [...(await browserStorage(page))];
    for (const [where, bytes] of stored) expect(bytes.includes(NOTE) || bytes.includes("Ebenezer"), `${where} holds the note`).toBe(false);
    expect(stored.filter(([where]) => where.startsWith("database") && where.includes("sealed") && where.includes("bytes")).length).toBe(1);

    // The page opens from what was kept, with what the server allows pages, and says the same.
    await page.reload();
    await state(page, "no_server");
    expect(await inside(page)).toBe(true);
    await expect(page.getByTestId("missing")).toBeVisible();
    await expect(page.getByTestId("kept-unopened")).toContainText(/1 record is kept on this tablet.*What it says/s);
    await expect(page.getByText(NOTE)).toHaveCount(0);
    // It captured before: the engine waits for nobody to say again who is signed in.
    await expect.poll(() => page.workers().length).toBeGreaterThan(0);
    await seen(page, "tablet-reloaded-offline");

    // A script that was changed where it is kept is given to no page.
    const tampered = await page.evaluate(async () => {
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          if (!/\/officer-.*\.js$/.test(request.url)) continue;
          const headers = (await cache.match(request))?.headers;
          await cache.put(request, new Response("document.title = 'changed'", { headers: headers ?? {} }));
          return new URL(request.url).pathname;
        }
      }
      return "";
    });
    expect(tampered).toMatch(/officer/);
    const given = () => page.evaluate((path) => fetch(path).then(async (reply) => (await reply.text()).includes("'changed'"), () => "refused"), tampered);
    expect(await given()).toBe("refused");

    line.mend();
    expect(await given()).toBe(false);
    await state(page, "live", 60_000);
    await expect.poll(() => engagement(page, product, pilot)).toEqual({ outcome: { kind: "lost" }, note: NOTE });
    for (const waiting of ["kept-offline", "kept-unopened"]) await expect(page.getByTestId(waiting)).toHaveCount(0);
    await expect(page.getByTestId("missed")).toHaveAttribute("data-times", "1");
    await seen(page, "tablet-missed");
    await page.getByTestId("missed-seen").click();
    await expect(page.getByTestId("missed")).toHaveCount(0);
    const since = line.asked.slice(asked);
    expect(since.filter((path) => path.endsWith("/engagement")).length, "sent once").toBe(1);
    await expect.poll(() => line.asked.filter((path) => path.endsWith("/interruptions")).length).toBe(1);
    expect((await browserStorage(page)).size).toBeGreaterThan(0);
    expect([...(await browserStorage(page)).keys()].filter((where) => where.includes(" sealed"))).toEqual([]);

    // What the server doesn't take of it is shown as it was written, to be written again.
    const decided = page.locator('[data-testid="alert-card"][data-state="adjudicated"]').first();
    line.cut();
    await state(page, "no_server");
    await decided.getByTestId("engagement-open").click();
    await decided.getByTestId("engagement-outcome-not_engaged").check();
    await decided.getByTestId("engagement-reason-not_safe").check();
    await decided.getByTestId("engagement-save").click();
    await expect(decided.getByTestId("kept-offline")).toBeVisible();
    const refusal = { type: "/problems/already-engaged", title: "Somebody else has written down what was done", status: 409, detail: "Reload the page." };
    await page.route("**/engagement", (route) => route.fulfill({ status: 409, contentType: "application/problem+json", body: JSON.stringify(refusal) }));
    line.mend();
    await expect(page.getByTestId("not-taken")).toBeVisible({ timeout: 60_000 });
    // While an alert waits it takes one line, and the rest where it is asked for.
    const read = page.getByTestId("not-taken-read");
    if (await read.isVisible()) await read.click();
    await expect(page.getByTestId("not-taken")).toContainText("Somebody else wrote it down");
    await expect(page.getByTestId("not-taken-written")).toContainText("Not safe");
    await seen(page, "tablet-not-taken");
    await page.getByTestId("not-taken-seen").click();
    await expect(page.getByTestId("not-taken")).toHaveCount(0);

    // No script that is changed on its way is run, nor the engine's code.
    const cookies = await context.storageState();
    for (const [part, sign] of [
      [/\/officer-.*\.js$/, async (fresh: Page) => expect(fresh.locator("#app")).toBeEmpty()],
      [/\.wasm$/, async (fresh: Page) => expect(fresh.getByTestId("capture-state")).toHaveAttribute("data-detail", "corrupt", { timeout: 60_000 })],
    ] as const) {
      // A section that WebAssembly ignores, and letters that no script has.
      line.change((path, body) => (part.test(path) ? Buffer.concat([body, Buffer.from([0, 2, 1, 120])]) : body));
      const other = await tablet.newContext({ baseURL: line.url, viewport: TABLET, storageState: cookies });
      const fresh = await other.newPage();
      await fresh.goto("/officer.html");
      await fresh.waitForLoadState("networkidle");
      await sign(fresh);
      await other.close();
    }

    // The engine's code that was changed where it is kept isn't run: it is asked of the server.
    line.change(undefined);
    const kept = await tablet.newContext({ baseURL: line.url, viewport: TABLET, storageState: cookies });
    const reader = await kept.newPage();
    await reader.goto("/officer.html");
    await state(reader, "ready", 60_000);
    const change = () =>
      reader.evaluate(async () => {
        let changed = 0;
        for (const name of await caches.keys()) {
          const cache = await caches.open(name);
          for (const request of (await cache.keys()).filter(({ url }) => url.endsWith(".wasm"))) {
            const answer = await cache.match(request);
            if (answer === undefined) continue;
            const body = new Blob([await answer.arrayBuffer(), new Uint8Array([0, 2, 1, 120])]);
            await cache.put(request, new Response(body, { headers: answer.headers }));
            changed += 1;
          }
        }
        return changed;
      });
    await expect.poll(change, { timeout: 30_000 }).toBe(1);
    const soFar = line.asked.length;
    await reader.reload();
    await state(reader, "ready", 60_000);
    expect(line.asked.slice(soFar).filter((path) => path.endsWith(".wasm")).length).toBe(1);
    await kept.close();

    // At the first start after an update the service worker in place is of the build before, and doesn't know the vision worker's
    // file: the page compares it, and lets in the service worker of its own build once there is one. Chromium may keep that one
    // waiting: then the page compares again.
    const before = (path: string, body: Buffer) => (path === "/sw.js" ? Buffer.from(body.toString().replace(/\\?"\/assets\/worker-[^"\\]+\\?":\\?"[0-9a-f]{64}\\?",?/, "")) : body);
    const started = async (change: typeof before) => {
      line.change(change);
      const other = await tablet.newContext({ baseURL: line.url, viewport: TABLET, storageState: cookies });
      const fresh = await other.newPage();
      await fresh.goto("/officer.html");
      return { other, fresh, workers: () => fresh.workers().map((worker) => new URL(worker.url()).protocol) };
    };
    const whole = await started(before);
    await expect.poll(whole.workers, { timeout: 60_000 }).toEqual(["blob:"]);
    await whole.other.close();
    const { other, fresh, workers } = await started((path, body) => (/\/worker-.*\.js$/.test(path) ? Buffer.concat([body, Buffer.from(";")]) : before(path, body)));
    await expect(fresh.getByTestId("capture-state")).toHaveAttribute("data-detail", "corrupt", { timeout: 60_000 });
    expect(workers()).toEqual([]);
    // As it is, though the browser knows it otherwise by the same tag.
    line.change((_, body) => body);
    await fresh.reload();
    await state(fresh, "ready", 60_000);
    expect(workers()).toHaveLength(1);
    await other.close();
  } finally {
    await tablet.close();
    await line.remove();
    await product.remove();
  }
});

test("R106, R43: a lost screen goes blank by itself, a stopped worker starts again, and a new build waits for the next start", async () => {
  const product = await Product.start();
  const line = await Line.to(product);
  const tablet = await browser({ clip: "returning" });
  try {
    const { context, page } = await screen(tablet, product, TABLET, line.url);
    // A tablet that has cores enough for a worker beside.
    await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "hardwareConcurrency", { get: () => 4 }));
    await setUp(page, product);
    await startPilot(page);
    await enrol(page, "obama.jpg", "Volunteer One");
    await goLive(page);
    await expect(card(page)).toBeVisible({ timeout: 60_000 });

    // The engine's worker stops, or the one with its embedder; the screen says so, and goes on without anybody's doing.
    for (const name of ["vision", "embedding"]) {
      const states = await recordStates(page);
      const named = await Promise.all(page.workers().map(async (worker) => ({ worker, is: await worker.evaluate(() => self.name) })));
      expect(named.map(({ is }) => is).sort()).toEqual(["embedding", "vision"]);
      await named.find(({ is }) => is === name)!.worker.evaluate(() => {
        setTimeout(() => {
          throw new Error("stopped");
        });
      });
      await expect.poll(async () => (await states()).join(), { timeout: 60_000 }).toMatch(/^live,engine_failed,.*live$/);
    }

    // The page sleeps, and is turned: it is live again, with a camera.
    const session = await context.newCDPSession(page);
    await session.send("Page.setWebLifecycleState", { state: "frozen" });
    await page.waitForTimeout(1_000);
    await session.send("Page.setWebLifecycleState", { state: "active" });
    await page.setViewportSize({ width: TABLET.height, height: TABLET.width });
    await state(page, "live");
    const frames = page.getByTestId("camera-video");
    const before = await frames.evaluate((video: HTMLVideoElement) => video.currentTime);
    await expect.poll(() => frames.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(before);

    // A new build is there. It waits while the screen is live, and the next start is its own.
    line.change((path, body) => (path === "/sw.js" ? Buffer.concat([body, Buffer.from("\n// The next build.\n")]) : body));
    await page.evaluate(() => {
      Object.assign(globalThis, { changes: 0 });
      navigator.serviceWorker.addEventListener("controllerchange", () => ((globalThis as unknown as { changes: number }).changes += 1));
    });
    const waiting = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting !== null);
    await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
    await expect.poll(waiting).toBe(true);
    await page.waitForTimeout(1_000);
    // Nor does a page that is opened beside it, whatever the browser says of who is open while that is loaded.
    const beside = await context.newPage();
    await beside.goto(`${line.url}/control.html`);
    await beside.waitForTimeout(1_000);
    await beside.close();
    expect(await waiting()).toBe(true);
    expect(await page.evaluate(() => (globalThis as unknown as { changes: number }).changes)).toBe(0);
    await state(page, "live");
    await page.reload();
    await expect.poll(waiting, { timeout: 90_000 }).toBe(false);
    line.change(undefined);
    await state(page, "live", 60_000);

    // Nobody can reach the screen: after a quarter of an hour it shows nobody any more, whatever its clock is set to.
    const { page: lost } = await screen(tablet, product, TABLET, line.url);
    const ask = async (by: Page, path: string, data: unknown) => (await by.request.post(`${line.url}${path}`, { headers: { origin: line.url }, data })).json() as Promise<{ id: string; code: string }>;
    await ask(page, "/v1/users", { name: "Olu Officer", password: PASSWORD, roles: [{ role: "operator" }] });
    const { code } = await ask(page, "/v1/pairing-codes", { device_name: "Lost tablet" });
    const { id: device } = await ask(lost, "/v1/devices", { code });
    await ask(lost, "/v1/session", { name: "Olu Officer", password: PASSWORD });
    await lost.clock.install();
    await lost.goto("/officer.html#alerts");
    await state(lost, "alerts_only");
    await expect(card(lost)).toBeVisible();
    await card(lost).getByTestId("alert-open").click();
    const answer = card(lost).getByTestId("verdict-true");
    await expect(answer).not.toHaveAttribute("aria-disabled", "true");
    line.cut();
    await lost.clock.fastForward(10_000);
    await state(lost, "no_server");
    // What can't be answered now says why, and can be again by itself.
    await expect(answer).toHaveAttribute("aria-disabled", "true");
    await expect(answer).toHaveAccessibleDescription(/[Nn]o server/);
    await lost.screenshot({ path: "results/tablet-no-answers.png" });
    line.mend();
    await state(lost, "alerts_only");
    await expect(answer).not.toHaveAttribute("aria-disabled", "true");
    line.cut();
    await lost.clock.fastForward(10_000);
    await state(lost, "no_server");
    await expect(card(lost)).toBeVisible();
    await lost.clock.setSystemTime(Date.now() - 3_600_000);
    await lost.clock.fastForward(15 * 60_000);
    await state(lost, "locked");
    for (const left of [card(lost), lost.locator("img"), lost.getByText("Volunteer")]) await expect(left).toHaveCount(0);
    await accessible(lost, "locked");
    await lost.screenshot({ path: "results/tablet-locked.png" });
    // It was withdrawn meanwhile, by one action: on its next contact nobody is signed in there, and it isn't a device any more.
    line.mend();
    const withdrawn = await page.request.delete(`${product.url}/v1/devices/${device}`, { headers: { origin: product.url } });
    expect(withdrawn.status()).toBe(204);
    await lost.clock.fastForward(10_000);
    await state(lost, "not_paired");
  } finally {
    await tablet.close();
    await line.remove();
    await product.remove();
  }
});
