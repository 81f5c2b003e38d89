import { expect, test, type Page } from "@playwright/test";
import { reflows } from "./support/looks";
import { Product } from "./support/product";
import { accessible, browser, enrol, PASSWORD, screen, setUp, startPilot } from "./support/screens";

const KIOSKS = { portrait: { width: 1080, height: 1920 }, landscape: { width: 1920, height: 1080 }, tablet: { width: 800, height: 1280 }, small: { width: 390, height: 844 } };

async function seen(page: Page, name: string): Promise<void> {
  const size = page.viewportSize();
  await accessible(page, name);
  for (const [shape, viewport] of Object.entries(KIOSKS)) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: `results/${name}-${shape}.png` });
    for (const way of await page.locator(".v-kiosk__ways button").all()) await expect.soft(way, `${name} in ${shape}: both ways in view`).toBeInViewport({ ratio: 0.99 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(wide, `${name} scrolls sideways in ${shape}`).toBeLessThanOrEqual(0);
  }
  if (size !== null) await page.setViewportSize(size);
}

const shows = (page: Page, name: string, timeout = 40_000) => expect(page.getByTestId("kiosk")).toHaveAttribute("data-screen", name, { timeout });

/** What is asked for is drawn; a clip turns in one order only, so here that order is drawn: to the left, then to the right. */
function drawLeftThenRight(page: Page): void {
  page.on("worker", (worker) => {
    const patch = () => {
      const draw = crypto.getRandomValues.bind(crypto);
      crypto.getRandomValues = (into) => {
        draw(into);
        if (into instanceof Uint8Array && into.length === 10) into[0] = 2;
        return into;
      };
    };
    // A worker of a page that is left by then needs none.
    void worker.evaluate(patch).catch(() => undefined);
  });
}

test("r119, r120, r123, r126: a kiosk says what it does, asks for turns, tells officers and nobody else of a match, and sends to staff what it can't tell", async () => {
  test.setTimeout(240_000);
  const product = await Product.start();
  const [desk, lane, printed] = await Promise.all([browser("none"), browser({ clip: "kiosk-head" }), browser({ clip: "kiosk-print" })]);
  try {
    const { page: admin } = await screen(desk, product);
    await setUp(admin, product);
    const id = await startPilot(admin);
    await enrol(admin, "obama.jpg", "Volunteer One");
    const ask = async (page: Page, path: string, data: unknown = {}) => {
      const reply = await page.request.post(path, { headers: { origin: product.url }, data });
      expect(reply.status(), await reply.text()).toBeLessThan(300);
      return (reply.status() === 204 ? {} : await reply.json()) as { code: string };
    };
    const kiosk = async (of: typeof lane, name: string): Promise<Page> => {
      const { page } = await screen(of, product, KIOSKS.tablet);
      drawLeftThenRight(page);
      const { code } = await ask(admin, "/v1/pairing-codes", { device_name: name });
      await ask(page, "/v1/devices", { code });
      await page.goto("/kiosk.html");
      await shows(page, "closed");
      return page;
    };
    const counts = async () => ((await (await admin.request.get(`/v1/deployments/${id}`)).json()) as { counters: { kiosk: Record<string, number> } }).counters.kiosk;

    // An officer sets it up; until the deployment is live the lane is closed.
    const page = await kiosk(lane, "North door");
    await seen(page, "kiosk-closed");
    await page.getByTestId("kiosk-staff").click();
    await page.getByTestId("sign-in-name").fill("Ada Administrator");
    await page.getByTestId("sign-in-password").fill(PASSWORD);
    await page.getByTestId("sign-in-submit").click();
    await expect(page.getByTestId("kiosk-open")).toBeVisible();
    // Whoever came here by mistake has a way out, and the header says what is so.
    await expect(page.getByTestId("sign-out")).toBeVisible();
    await expect(page.getByRole("link", { name: "Devices" })).toBeVisible();
    await expect(page.getByTestId("live-badge")).toHaveAttribute("data-live", "false");
    await accessible(page, "kiosk-set-up");
    await page.screenshot({ path: "results/kiosk-set-up.png" });
    // A kiosk says for whom it looks, so somebody must have said so.
    await page.getByTestId("kiosk-open").click();
    await expect(page.getByTestId("error-summary")).toContainText("who is responsible");
    const organisation = { name: "Harbour Police", contact: "Desk 1", complaints: "Desk 2" };
    expect((await admin.request.put("/v1/organisation", { headers: { origin: product.url }, data: organisation })).status()).toBeLessThan(300);
    // A second press at once is a slip.
    await page.waitForTimeout(700);
    await page.getByTestId("kiosk-open").click();
    await shows(page, "closed");
    await expect(page.getByTestId("kiosk-why")).toHaveAttribute("data-why", "not_started");
    await ask(admin, `/v1/deployments/${id}/start`);
    await shows(page, "welcome", 90_000);
    await seen(page, "kiosk-welcome");
    await reflows(page, "kiosk-welcome");
    // A double touch marks no words that stand marked on the next screen.
    await page.getByTestId("kiosk-facts").dblclick();
    expect(await page.evaluate(() => getSelection()?.toString())).toBe("");
    await expect(page.getByTestId("kiosk-facts")).toContainText("Harbour Police");
    const [start, staffed] = await Promise.all(["kiosk-start", "kiosk-staffed"].map((way) => page.getByTestId(way).boundingBox()));
    expect([start?.width, start?.height]).toEqual([staffed?.width, staffed?.height]);
    // Nothing but the lane is to be had here.
    expect((await page.request.get(`/v1/deployments/${id}/alerts`)).status()).toBe(403);
    expect(await page.locator("a[href]").evaluateAll((links) => links.map((link) => link.getAttribute("href")))).toEqual(["?lang=en", "?lang=cy"]);
    for (const other of ["/officer.html", "/control.html"]) {
      await page.goto(other);
      await page.waitForURL("**/kiosk.html");
    }
    await page.goto("/kiosk.html?lang=cy");
    await shows(page, "welcome", 90_000);
    await seen(page, "kiosk-welcome-welsh");
    await page.goto("/kiosk.html");
    await shows(page, "welcome", 90_000);

    // Whoever runs it sees that the kiosk is well, and waits for visitors (R129).
    await admin.goto(`/control.html#/pilot/${id}`);
    const kiosks = admin.getByTestId("fitness-device");
    await expect(kiosks).toHaveAttribute("data-kiosk", "true", { timeout: 20_000 });
    // A machine that is busy with other tests may be hot.
    await expect(kiosks).toHaveAttribute("data-alarms", /^(hot)?$/);
    await seen(admin, "kiosk-among-devices");

    // A camera that can't be had shuts the lane for as long as it can't, and whoever runs the lane is told why.
    const why = page.getByTestId("kiosk-why");
    const cameraFails = (name: string) =>
      page.evaluate((name) => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", name));
      }, name);
    await cameraFails("NotReadableError");
    await page.getByTestId("kiosk-start").click();
    await expect(why).toHaveAttribute("data-why", "camera_busy");
    await expect(kiosks).toHaveAttribute("data-alarms", /camera_busy/, { timeout: 20_000 });
    await cameraFails("NotAllowedError");
    await expect(why).toHaveAttribute("data-why", "camera_denied", { timeout: 20_000 });
    await expect(kiosks).toHaveAttribute("data-alarms", /camera_refused/, { timeout: 20_000 });
    await seen(page, "kiosk-camera-denied");

    // Reload recovers to the start.
    await page.reload();
    await shows(page, "welcome", 30_000);

    // The wanted person, whose head turns as it is asked. On a slow machine it may take the person more than one attempt.
    const said = await page.evaluateHandle(() => {
      const all: string[] = [];
      new MutationObserver(() => {
        const say = document.querySelector("[data-say]")?.getAttribute("data-say");
        if (say != null && say !== all.at(-1)) all.push(say);
      }).observe(document.body, { subtree: true, childList: true, attributeFilter: ["data-say"] });
      return all;
    });
    const screens = page.getByTestId("kiosk");
    for (let attempt = 1; attempt <= 3 && (await screens.getAttribute("data-screen")) !== "thanks"; attempt++) {
      await page.getByTestId("kiosk-start").click();
      await shows(page, "capturing");
      await page.locator('[data-say="left"]').waitFor({ timeout: 10_000 }).then(
        () => page.screenshot({ path: "results/kiosk-turn.png" }),
        () => undefined,
      );
      await expect(screens).toHaveAttribute("data-screen", /thanks|again|staffed/, { timeout: 40_000 });
    }
    await shows(page, "thanks");
    expect(await said.jsonValue()).toEqual(expect.arrayContaining(["ahead", "left", "right"]));
    await seen(page, "kiosk-thanks");
    const alerts = (await (await admin.request.get(`/v1/deployments/${id}/alerts`)).json()) as { last_seen: { at_kiosk: boolean; device: { name: string } } }[];
    expect(alerts.map(({ last_seen }) => [last_seen.at_kiosk, last_seen.device.name])).toEqual([[true, "North door"]]);
    await shows(page, "welcome");

    // A print of the same person, turned alike, is compared with nobody; three attempts lead to the staffed lane.
    const other = await kiosk(printed, "South door");
    await ask(other, "/v1/session", { name: "Ada Administrator", password: PASSWORD });
    await ask(other, `/v1/deployments/${id}/kiosk`);
    await other.reload();
    await shows(other, "welcome", 90_000);
    const sent: string[] = [];
    other.on("request", (request) => request.url().endsWith("/candidates") && sent.push(request.url()));
    for (const attempt of [1, 2, 3]) {
      await other.getByTestId("kiosk-start").click();
      await shows(other, attempt < 3 ? "again" : "staffed");
      if (attempt < 3) await expect(other.getByTestId("kiosk-reason")).toHaveAttribute("data-why", /slowly|little|late/);
      if (attempt === 1) {
        await seen(other, "kiosk-again");
        await reflows(other, "kiosk-again");
      }
    }
    await seen(other, "kiosk-staffed");
    expect(sent).toEqual([]);
    await other.getByTestId("kiosk-done").click();
    await shows(other, "welcome");
    await expect.poll(counts, { timeout: 15_000 }).toMatchObject({ staffed: 1 });

    // A kiosk that is dead is told of within ten seconds.
    await other.close();
    await expect(admin.getByTestId("fitness-alarm").filter({ hasText: "South door" })).toHaveAttribute("data-alarms", "silent", { timeout: 10_000 });
    await seen(admin, "kiosk-silent");

    // The lane closes with its deployment, and says why to staff, on its own screen and in the control room.
    await ask(admin, `/v1/deployments/${id}/pause`, { reason: "A rehearsal of a pause." });
    await expect(why).toHaveAttribute("data-why", "paused");
    await expect(admin.getByTestId("fitness-device").filter({ hasText: "North door" }).getByTestId("fitness-shut")).toHaveAttribute("data-why", "paused");
    await seen(admin, "kiosk-paused");
    await ask(admin, `/v1/deployments/${id}/end`);
    await expect(why).toHaveAttribute("data-why", "ended");
    await shows(page, "closed");
  } finally {
    await Promise.all([desk.close(), lane.close(), printed.close()]);
    await product.remove();
  }
});
