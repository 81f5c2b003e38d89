import { expect, test, type Page } from "@playwright/test";
import { randomUUID } from "node:crypto";
import { People } from "./support/live";
import { reflows, SHAPES } from "./support/looks";
import { Product } from "./support/product";
import { accessible, browser, browserStorage, enrol, PASSWORD, screen, setUp, startPilot, state } from "./support/screens";

const LONG = "Bartholomew-Alexander Featherstonehaugh-Cholmondeley of the Harbour Office";

/** As long as a name may be, and without a space at which a line could break. */
const WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch".padEnd(80, "xyz");

async function clean(page: Page, name: string): Promise<void> {
  await accessible(page, name);
  await reflows(page, name);
  for (const [kind, size] of Object.entries(SHAPES)) {
    await page.setViewportSize(size);
    await page.screenshot({ path: `results/${name}-${kind}.png`, fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(wide, `${name} scrolls sideways in ${kind}`).toBeLessThanOrEqual(0);
  }
}

/** What stands in two lines of a table of figures on a phone, though no space is in it. */
async function brokenFigures(page: Page): Promise<string[]> {
  await page.setViewportSize(SHAPES.phone);
  return page.locator("thead + tbody td").evaluateAll((cells) =>
    cells.flatMap((cell) => {
      const text = cell.firstChild;
      if (!(text instanceof Text)) return [];
      const pieces = (from: number, to: number) => {
        const range = document.createRange();
        range.setStart(text, from);
        range.setEnd(text, to);
        return range.getClientRects().length;
      };
      return [...text.data.matchAll(/\S+/g)].filter(({ index, 0: word }) => pieces(index, index + word.length) > 1).map(([word]) => word);
    }),
  );
}

/** Of these addresses, those whose page scrolls sideways on a phone. */
async function wide(page: Page, addresses: readonly string[]): Promise<string[]> {
  await page.setViewportSize(SHAPES.phone);
  const found: string[] = [];
  for (const address of addresses) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await expect(page.getByText("Loading", { exact: true })).toHaveCount(0);
    await page.locator("details").evaluateAll((all) => all.forEach((folded) => void ((folded as HTMLDetailsElement).open = true)));
    if ((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) > 0) found.push(address);
  }
  await page.setViewportSize(SHAPES.landscape);
  return found;
}

test("every page and main state is free of axe's findings and fits the screen", async () => {
  const product = await Product.start();
  const tablet = await browser({ clip: "empty" });
  try {
    const { page } = await screen(tablet, product);
    await page.goto(`/control.html#setup=${product.setUpCode}`);
    await expect(page.getByTestId("setup")).toBeVisible();
    await clean(page, "setup");
    await page.getByTestId("setup-submit").click();
    await expect(page.getByTestId("error-summary")).toBeVisible();
    await clean(page, "setup-errors");
    await setUp(page, product, LONG);
    await clean(page, "first-pilot");
    const pilot = await startPilot(page, LONG, WORD);
    await clean(page, "pilot-empty");
    await enrol(page, "obama.jpg", WORD);
    await clean(page, "pilot-enrolled");
    await page.goto("/control.html#/devices");
    await page.getByTestId("device-name").fill("Second tablet");
    await page.getByTestId("make-code").click();
    await expect(page.getByTestId("pairing-code")).toBeVisible();
    // This server serves its own machine only: no code is drawn that another device would scan in vain.
    await expect(page.getByTestId("only-here")).toContainText("without --no-tls");
    await expect(page.getByTestId("pairing-code").getByRole("img")).toHaveCount(0);
    await clean(page, "devices");
    await page.goto("/control.html#/people");
    await expect(page.getByTestId("person-row").first()).toBeVisible();
    await clean(page, "people");
    await page.goto("/control.html#/models");
    await page.getByTestId("model-card").last().locator("summary").click();
    await expect(page.getByTestId("model").last()).toContainText("Known failures");
    expect(await brokenFigures(page), "figures in two lines").toEqual([]);
    await clean(page, "models");
    await page.goto("/control.html#/settings");
    await expect(page.getByTestId("server-settings")).toContainText("pipeline 2");
    await clean(page, "settings");
    // Opened without a server there is nothing of before to show.
    await page.route("**/v1/**", (route) => route.abort());
    await page.reload();
    await expect(page.getByTestId("connection")).toHaveAttribute("data-state", "lost");
    await expect(page.getByTestId("connection")).toContainText("nothing to show");
    await clean(page, "control-bare");
    await page.unroute("**/v1/**");
    await page.goto("/control.html#/nothing");
    await expect(page.getByTestId("no-page")).toBeVisible();
    await clean(page, "no-page");
    await page.getByTestId("no-page").getByRole("link").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Deployments");
    await page.goto("/officer.html");
    await expect(page.getByTestId("capture-state")).toHaveAttribute("data-state", "no_deployment");
    await clean(page, "officer-no-deployment");
    await page.goto("/trust.html");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await clean(page, "trust");

    await page.goto("/Officer?lang=cy");
    await expect(page).toHaveURL(/\/officer\.html\?lang=cy$/);
    const missing = await page.goto("/nowhere");
    expect(missing?.status()).toBe(404);
    await expect(page.getByRole("link", { name: "Sgrin swyddog" })).toBeVisible();
    await clean(page, "missing");

    // A deployment is live and its only device falls silent: nobody is compared, and what it said is not so now.
    const people = new People(tablet, product, page);
    await people.ask(page, "post", `/v1/deployments/${pilot}/start`);
    const beat = { camera: "running", frames_per_second: 21.2, milliseconds_since_frame: 40, battery: { percent: 100, charging: false }, heat: "nominal", model: null, pipeline: null };
    await people.ask(page, "put", `/v1/deployments/${pilot}/heartbeat`, beat);
    await page.goto(`/control.html#/pilot/${pilot}`);
    await expect(page.getByTestId("fitness-device")).toContainText("Running");
    await expect(page.getByTestId("live-badge")).toHaveAttribute("data-live", "true");
    await expect(page.getByTestId("unwatched")).toContainText("No camera is looking: nobody is compared", { timeout: 20_000 });
    await expect(page.getByTestId("fitness-device")).toContainText("Was: Running");
    await expect(page.getByTestId("fitness-device")).toContainText("Last heard");
    await expect(page.getByTestId("live-badge")).toHaveAttribute("data-live", "unwatched", { timeout: 15_000 });
    await clean(page, "pilot-unwatched");
    await page.goto("/control.html#/pilots");
    await expect(page.getByTestId("todo").and(page.locator("[data-step=devices]"))).toContainText("last heard");
    await expect(page.getByTestId("todo").and(page.locator("[data-step=watch]"))).toHaveAttribute("data-yours", "true");
    await clean(page, "home-unwatched");
    // An officer's screen says the same, in its header and where a phone has no room for that.
    await page.goto("/officer.html#alerts");
    await expect(page.getByTestId("live-badge")).toHaveAttribute("data-live", "unwatched", { timeout: 15_000 });
    await expect(page.getByTestId("capture-state")).toHaveAttribute("data-detail", "unwatched");
    await expect(page.getByTestId("capture-state")).toContainText("No camera is looking: nobody is compared");
    await clean(page, "officer-unwatched");

    // A word that no line can hold breaks, and no page scrolls sideways for it.
    await people.ask(page, "put", "/v1/organisation", { name: WORD, contact: WORD.repeat(3), complaints: WORD });
    const cora = await people.hire(`${WORD.slice(0, -1)}C`, "commander", WORD);
    const paper = { kind: "legal_mandate", reference: WORD, version: WORD, review_by: "2099-12-31" };
    const plan = { starts_at: new Date(Date.now() + 3_600_000).toISOString(), purpose: WORD, legal_basis: WORD, use_case: WORD, cameras: [WORD], categories: ["Deportation order"], footfall: 3_000, necessity: WORD, proportionality: WORD, alternatives: WORD, single_person: WORD, documents: [paper], notice: { text: WORD.repeat(3), published_on: "2026-01-01" } };
    const operation = (await people.ask(cora, "post", "/v1/operations", { name: WORD, place: WORD, ends_at: new Date(Date.now() + 7_200_000).toISOString(), plan })) as { id: string };
    const typed = { name: WORD, place: WORD, starts: "", ends: "", target: "6000", footfall: "", purpose: WORD, legal_basis: "", use_case: "", cameras: WORD, categories: [WORD], necessity: "", proportionality: "", alternatives: "", single_person: "", notice: "", published_on: "", documents: [{ kind: "legal_mandate", reference: WORD, version: WORD, review_by: WORD }] };
    const unfinished = randomUUID();
    await people.ask(cora, "put", `/v1/plans/${unfinished}`, { typed });
    const control = (...pages: string[]) => pages.map((each) => `/control.html#/${each}`);
    const parts = ["", "/place", "/times", "/purpose", "/cameras", "/list", "/necessity", "/documents", "/notice"].map((part) => `plan/${unfinished}${part}`);
    expect(await wide(cora, control("pilots", `pilot/${operation.id}`, ...parts, "complaints", "holds", "records", "organisation", "annual"))).toEqual([]);
    expect(await wide(page, control("pilots", `pilot/${pilot}`, `pilot/${pilot}/alerts`, `pilot/${operation.id}`, "people", "devices", "policy", "organisation", "journal", "records", "subject-access", "retention", "settings", "models"))).toEqual([]);
    expect(await wide(page, ["notice", "sign", "leaflet"].map((of) => `/papers.html#/${pilot}/${of}`))).toEqual([]);
    await people.ask(page, "post", `/v1/deployments/${pilot}/end`);

    const stranger = await screen(tablet, product);
    for (const [path, ready] of [["control", "sign-in"], ["officer", "to-pair"], ["papers", "sign-in"], ["pair", "pair-code"]] as const) {
      await stranger.page.goto(`/${path}.html`);
      await expect(stranger.page.getByTestId(ready)).toBeVisible();
      // A page that doesn't know whether faces are compared says nothing of it.
      await expect(stranger.page.getByTestId("live-badge")).toHaveCount(0);
      await clean(stranger.page, `${path}-stranger`);
    }
    // A short code has a limit that nobody needs to be told of.
    await stranger.page.getByTestId("pair-code").fill("1234567890");
    await expect(stranger.page.getByTestId("pair-code-left")).toHaveCount(0);
    // The right person on a device that nobody has paired.
    await stranger.page.goto("/officer.html");
    await state(stranger.page, "not_paired");
    await expect(stranger.page.getByTestId("sign-in")).toBeHidden();
    await stranger.page.getByTestId("sign-in-unpaired").click();
    await stranger.page.getByTestId("sign-in-name").fill(LONG);
    await stranger.page.getByTestId("sign-in-password").fill(PASSWORD);
    await stranger.page.getByTestId("sign-in-submit").click();
    await state(stranger.page, "not_paired");
    await clean(stranger.page, "officer-not-paired");
    // A page that the browser kept whole meanwhile shows nothing of then: it is loaded anew.
    await stranger.page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
    await expect(stranger.page.getByTestId("capture-state")).toBeHidden();
    await stranger.page.request.delete("/v1/session", { headers: { origin: product.url } });
    const anew = stranger.page.waitForEvent("load");
    await stranger.page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    await anew;
    await state(stranger.page, "not_paired");
    await expect(stranger.page.getByTestId("sign-out")).toHaveCount(0);
  } finally {
    await tablet.close();
    await product.remove();
  }
});

test("r142: the operator's guide is one page and says that strangers can alert and what each likeness means", async () => {
  const product = await Product.start();
  const tablet = await browser("none");
  try {
    const { page } = await screen(tablet, product);
    await page.goto("/papers.html#/guide");
    const guide = page.getByTestId("paper-guide");
    for (const said of ["Strangers can alert", "Moderate likeness", "Strong likeness", "a second person must confirm"]) await expect(guide).toContainText(said);
    await clean(page, "operator-guide");
    const pdf = await page.pdf({ path: "results/operator-guide.pdf", preferCSSPageSize: true });
    expect(pdf.toString("latin1").match(/\/MediaBox/g)).toHaveLength(1);
  } finally {
    await tablet.close();
    await product.remove();
  }
});

test("a stranger sees no page of another's, and every reply carries the security headers", async () => {
  const product = await Product.start();
  try {
    for (const path of ["/control.html", "/officer.html", "/v1/session", "/models/manifest.toml"]) {
      const reply = await fetch(product.url + path);
      expect(reply.headers.get("content-security-policy"), path).toContain("'wasm-unsafe-eval'");
      expect(reply.headers.get("content-security-policy"), path).not.toContain("unsafe-inline");
      expect(reply.headers.get("cross-origin-opener-policy"), path).toBe("same-origin");
      expect(reply.headers.get("cross-origin-embedder-policy"), path).toBe("require-corp");
      expect(reply.headers.get("x-content-type-options"), path).toBe("nosniff");
    }
    for (const path of ["/v1/users", "/v1/devices", "/v1/deployments"]) expect((await fetch(product.url + path)).status, path).toBe(401);
  } finally {
    await product.remove();
  }
});

test("what these tests would find, if a page kept it: the search sees every store of the browser", async () => {
  const product = await Product.start();
  const tablet = await browser("none");
  try {
    const { page } = await screen(tablet, product);
    await page.goto("/trust.html");
    await page.evaluate(async () => {
      const bytes = (text: string) => new TextEncoder().encode(`before ${text} after`);
      localStorage.setItem("a", "in-local-storage");
      sessionStorage.setItem("a", "in-session-storage");
      await (await caches.open("a")).put("/a", new Response(bytes("in-cache")));
      const database = await new Promise<IDBDatabase>((done) => {
        const request = indexedDB.open("a");
        request.onupgradeneeded = () => request.result.createObjectStore("b");
        request.onsuccess = () => done(request.result);
      });
      const change = database.transaction("b", "readwrite");
      change.objectStore("b").put({ deep: [bytes("in-database-bytes"), new Blob([bytes("in-database-blob")])], text: "in-database-text" }, 1);
      await new Promise((done) => (change.oncomplete = done));
      database.close();
      const file = await (await navigator.storage.getDirectory()).getFileHandle("a", { create: true });
      const writer = await file.createWritable();
      await writer.write(bytes("in-file"));
      await writer.close();
    });
    const kept = Buffer.concat([...(await browserStorage(page)).values()]);
    for (const place of ["local-storage", "session-storage", "cache", "database-bytes", "database-blob", "database-text", "file"]) {
      expect(kept.includes(`in-${place}`), place).toBe(true);
    }
  } finally {
    await tablet.close();
    await product.remove();
  }
});
