import { expect, test, type Browser, type Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { account, checkList, lookAtPhotographs, onPairedDevice, planned, signedIn, started, type Row } from "./support/operation";
import { Product } from "./support/product";
import { accessible, browser, enrol, fillParticulars, fixture, offerPhoto, photoAnswer, screen, setUp, startPilot } from "./support/screens";

const LONG = "Bartholomew-Alexander Featherstonehaugh-Cholmondeley of the Harbour Office North";
const CATEGORIES = ["Deportation order", "Wanted on warrant"];
/** Within this a second press of the same button is taken for a slip. */
const DOUBLE_PRESS_MS = 650;

/** Looked at in each shape that a person may hold it. */
async function seen(page: Page, name: string): Promise<void> {
  await accessible(page, name);
  for (const [shape, size] of Object.entries({ landscape: { width: 1280, height: 800 }, portrait: { width: 800, height: 1280 }, phone: { width: 390, height: 844 } })) {
    await page.setViewportSize(size);
    await page.screenshot({ path: `results/${name}-${shape}.png`, fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(wide, `${name} scrolls sideways in ${shape}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Two photographs side by side, made in the page. */
async function sideBySide(page: Page, left: Buffer, right: Buffer): Promise<Buffer> {
  const bytes = await page.evaluate(
    async (sources) => {
      const canvas = new OffscreenCanvas(1000, 600);
      const context = canvas.getContext("2d")!;
      context.fillStyle = "#888";
      context.fillRect(0, 0, 1000, 600);
      for (const [at, source] of sources.entries()) {
        const photo = await createImageBitmap(new Blob([Uint8Array.from(atob(source), (c) => c.charCodeAt(0))]));
        context.drawImage(photo, 30 + at * 490, 20, 430, (430 * photo.height) / photo.width);
      }
      return Array.from(new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer()));
    },
    [left.toString("base64"), right.toString("base64")],
  );
  return Buffer.from(bytes);
}

/** The photograph as it comes out of a chat that saves on bytes. */
async function squeezed(page: Page, photo: Buffer): Promise<Buffer> {
  const bytes = await page.evaluate(async (source) => {
    const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(source), (c) => c.charCodeAt(0))]));
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    canvas.getContext("2d")!.drawImage(picture, 0, 0);
    return Array.from(new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.12 })).arrayBuffer()));
  }, photo.toString("base64"));
  return Buffer.from(bytes);
}

async function standings(page: Page): Promise<string[]> {
  await page.getByTestId("roster-filter").selectOption("all");
  return page.getByTestId("roster-standing").evaluateAll((tags) => tags.map((tag) => tag.getAttribute("data-standing") ?? ""));
}

type Team = { product: Product; tablet: Browser; admin: Page; cora: Page; lina: Page; abel: Page; id: string };

async function withTeam(story: (team: Team) => Promise<void>): Promise<void> {
  const product = await Product.start();
  const tablet = await browser("none");
  try {
    const { page: admin } = await screen(tablet, product);
    await setUp(admin, product);
    const organisation = { name: "Harbour Police", contact: "Desk 1", complaints: "Desk 2" };
    expect((await admin.request.put("/v1/organisation", { headers: { origin: product.url }, data: organisation })).ok()).toBe(true);
    for (const [name, role] of [["Cora Commander", "commander"], ["Abel Authoriser", "authorising_officer"], ["Lina Lists", "list_manager"]] as const) {
      await account(admin, product, name, role);
    }
    const cora = await signedIn(tablet, product, "Cora Commander");
    const lina = await signedIn(tablet, product, "Lina Lists");
    const abel = await signedIn(tablet, product, "Abel Authoriser");
    await story({ product, tablet, admin, cora, lina, abel, id: await planned(cora, product, CATEGORIES) });
  } finally {
    await tablet.close();
    await product.remove();
  }
}

test("r16 a list and a zip are checked row by row, put right in place, and enrolled with a report", async () => {
  await withTeam(async ({ lina, abel, id }) => {
    const [obama, again, biden] = ["obama.jpg", "obama3.jpg", "biden.jpg"].map(fixture) as [Buffer, Buffer, Buffer];
    const rows: Row[] = [
      { name: LONG, nominal_id: "N-1", photos: "obama.jpg", born_on: `${new Date().getFullYear() - 16}-01-01`, image_taken_on: `${new Date().getFullYear() - 9}-05-01` },
      { name: "Bo Biden", nominal_id: "N-2", photos: "biden.jpg", category: "Wanted" },
      { name: "Cy Missing", nominal_id: "N-3", photos: "nobody.jpg" },
      { name: "Di Double", nominal_id: "N-4", photos: "two.png", category: "Wanted" },
      { name: "Ed Unseen", nominal_id: "N-5", photos: "notes.jpg", image_taken_on: "last year", possible_minor: "" },
      { name: "", nominal_id: "", photos: "again.jpg", reason: "Says; \"no\"" },
    ];
    const two = await sideBySide(lina, again, biden);
    await checkList(lina, id, rows, { "people/obama.jpg": obama, "biden.jpg": biden, "two.png": two, "notes.jpg": Buffer.from("not a photo"), "again.jpg": await squeezed(lina, again), "spare.jpg": obama });

    // Each fault by its column, and nobody enrolled.
    await expect(lina.getByTestId("roster-count-faulty")).toHaveText("5");
    await expect(lina.getByTestId("roster-row").filter({ hasText: "Cy Missing" })).toContainText("nobody.jpg");
    await expect(lina.getByTestId("roster-row").filter({ hasText: "Ed Unseen" }).getByTestId("roster-faults")).toContainText(/Picture taken on.*May be under 18: Say yes or no/s);
    await expect(lina.getByTestId("roster-unused")).toHaveText("1 file in the zip belongs to no row: spare.jpg.");
    expect(await standings(lina)).toEqual(["unseen", "faulty", "faulty", "faulty", "faulty", "faulty"]);
    await seen(lina, "import-checked");

    // A wrong category is put right in both rows that have it; a name and a number in their own.
    const change = async (name: string) => {
      await lina.getByTestId("roster-row").filter({ hasText: name }).getByTestId("roster-change").click();
      await expect(lina.getByTestId("roster-editor")).toBeVisible();
    };
    const save = async () => {
      await lina.getByTestId("roster-save").click();
      await expect(lina.getByTestId("roster-editor")).toHaveCount(0);
      await lina.waitForTimeout(DOUBLE_PRESS_MS);
    };
    await change("Bo Biden");
    await lina.getByTestId("row-3-category").selectOption("Wanted on warrant");
    await lina.getByTestId("row-3-category-alike").check();
    await seen(lina, "import-edit");
    await save();
    await change("No name");
    await lina.getByTestId("row-7-name").fill("Fay Again");
    await lina.getByTestId("row-7-nominal_id").fill("N-6");
    await save();
    expect(await standings(lina)).toEqual(["unseen", "unseen", "faulty", "unseen", "faulty", "unseen"]);

    // Every photograph is looked at before anybody is enrolled; one of two faces is picked.
    await lookAtPhotographs(lina);
    expect(await standings(lina)).toEqual(["ready", "ready", "faulty", "faulty", "faulty", "poor"]);
    const listed = async () => ((await (await lina.request.get(`/v1/deployments/${id}/entries`)).json()) as { name: string }[]).map(({ name }) => name);
    expect(await listed()).toEqual([]);
    await lina.getByTestId("roster-row").filter({ hasText: "Di Double" }).getByTestId("roster-pick").click();
    await expect(lina.getByTestId("face-pick")).toHaveCount(2);
    await seen(lina, "import-pick");
    await lina.getByTestId("face-pick").first().click();
    await expect(lina.getByTestId("face-picker")).toHaveCount(0, { timeout: 30_000 });
    expect(await standings(lina)).toEqual(["ready", "ready", "faulty", "ready", "faulty", "poor"]);

    // A photograph that was compressed too strongly is used for a reason only.
    const strong = lina.getByTestId("roster-row").filter({ hasText: "Fay Again" });
    await expect(strong.getByTestId("roster-lacks")).toContainText("JPEG quality about 12 of 100");
    await strong.getByTestId("roster-reason").click();
    await strong.locator("textarea").fill("The register has no other picture.");
    await seen(lina, "import-compressed");
    await strong.getByTestId("roster-save-reason").click();
    await expect(strong.getByTestId("roster-standing")).toHaveAttribute("data-standing", "ready");

    // What can't be used is left out only when somebody says so.
    await lina.getByTestId("roster-enrol").click();
    await expect(lina.getByTestId("error-summary")).toContainText("left out");
    expect(await listed()).toEqual([]);
    await lina.getByTestId("roster-leave-out").check();
    await lina.waitForTimeout(DOUBLE_PRESS_MS);
    await lina.getByTestId("roster-enrol").click();
    await expect(lina.getByTestId("roster-done")).toContainText("4 people were put on the watchlist.");
    await expect(lina.getByTestId("roster-count-needs")).toHaveText("3");
    expect(await standings(lina)).toEqual(["listed", "listed", "faulty", "listed", "faulty", "listed"]);
    await seen(lina, "import-done");
    const download = lina.waitForEvent("download");
    await lina.getByTestId("roster-report").click();
    const report = readFileSync((await (await download).path()) ?? "", "utf8").trim().split("\r\n");
    expect(report).toHaveLength(rows.length + 2);
    expect(report.at(-1)).toMatch(/^,,,spare\.jpg,Not used,/);
    expect(report[3]).toMatch(/^4,Cy Missing,N-3,nobody\.jpg,Fault,.*nobody\.jpg/);
    expect(report[6]).toMatch(/^7,Fay Again,N-6,again\.jpg,Listed,.*The register has no other picture\./);
    expect((await listed()).toSorted()).toEqual(["Bo Biden", "Di Double", "Fay Again", LONG].toSorted());

    // The watchlist says why each is on it, and who isn't matched yet.
    await lina.goto(`/control.html#/pilot/${id}`);
    const first = lina.getByTestId("entry-row").filter({ hasText: LONG });
    await expect(first.getByTestId("response")).toContainText("Amber");
    await expect(first).toContainText("9 years ago");
    await expect(first.getByTestId("entry-warning").first()).toBeVisible();
    await expect(first.getByTestId("entry-waits")).toContainText("under 18");
    await seen(lina, "watchlist");

    // An under-18 needs a rationale from one person and the consent of another; look-alikes are one person or two.
    await lina.getByTestId("watchlist-clearances").click();
    const minor = (page: Page) => page.locator('[data-testid="clearance"][data-kind="minor"]');
    await expect(minor(lina)).toHaveCount(1);
    await seen(lina, "clearances");
    await minor(lina).getByTestId("clearance-request").click();
    await expect(minor(lina)).toContainText("Enter the reason");
    await minor(lina).locator("textarea").fill("Threatened a named witness with a knife on 3 May.");
    await lina.waitForTimeout(DOUBLE_PRESS_MS);
    await minor(lina).getByTestId("clearance-request").click();
    await expect(minor(lina)).toHaveAttribute("data-state", "requested");
    await expect(minor(lina).getByTestId("clearance-approve")).toHaveCount(0);
    const alike = lina.locator('[data-testid="clearance"][data-kind="possible_duplicate"]');
    for (let left = await alike.count(); left > 0; left = await alike.count()) {
      await alike.first().getByLabel("Two different people").check();
      await alike.first().locator("textarea").fill("Known by another number, and born in another year.");
      await alike.first().getByTestId("clearance-settle").click();
      await expect(alike).not.toHaveCount(left);
      await lina.waitForTimeout(DOUBLE_PRESS_MS);
    }
    await abel.goto(`/control.html#/pilot/${id}/clearances`);
    await expect(minor(abel)).toContainText("Threatened a named witness");
    await expect(minor(abel).locator("img").first()).toHaveJSProperty("complete", true);
    expect(await minor(abel).locator("img").first().evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    await minor(abel).getByTestId("clearance-approve").click();
    await expect(abel.getByTestId("clearances-none")).toBeVisible();
    await expect(abel.getByTestId("clearances-settled")).toContainText("Settled");
    await abel.getByTestId("clearances-settled").locator("summary").first().click();
    await expect(abel.getByTestId("clearances-settled")).toContainText("The register has no other picture.");
    await lina.goto(`/control.html#/pilot/${id}`);
    await expect(lina.getByTestId("entry-row")).toHaveCount(4);
    await expect(lina.getByTestId("entry-waits")).toHaveCount(0);
  });
});

test("r16 an import that is cut off goes on, and nobody is on the watchlist twice", async () => {
  await withTeam(async ({ lina, id }) => {
    const rows: Row[] = [{ name: "Ann", nominal_id: "N-1", photos: "obama.jpg; again.jpg" }, { name: "Bo", nominal_id: "N-2", photos: "biden.jpg" }];
    const photographs = { "obama.jpg": fixture("obama.jpg"), "again.jpg": fixture("obama3.jpg"), "biden.jpg": fixture("biden.jpg") };
    // From two files to a list that is on its way: each file is chosen with one press more than the page sees.
    const began = Date.now();
    await lina.evaluate(() => {
      const counted = window as Window & { presses?: number };
      counted.presses = 0;
      addEventListener("click", () => (counted.presses = (counted.presses ?? 0) + 1), true);
    });
    await checkList(lina, id, rows, photographs);
    await lookAtPhotographs(lina);
    // The server does its part, and its answer is lost.
    let cut = true;
    await lina.route("**/entries/batch", async (route) => {
      if (!cut) return route.continue();
      cut = false;
      await route.fetch();
      return route.abort();
    });
    await lina.getByTestId("roster-enrol").click();
    const presses = 2 + (await lina.evaluate(() => (window as Window & { presses?: number }).presses ?? 0));
    expect(presses, "presses from CSV and zip to the watchlist").toBe(5);
    console.log(`from CSV and zip to the watchlist: ${presses} presses, ${((Date.now() - began) / 1_000).toFixed(1)} s, of which the most goes into ${Object.keys(photographs).length} photographs`);
    await expect(lina.getByTestId("error-summary")).toContainText("It stopped.");
    expect(await standings(lina)).toEqual(["ready", "ready"]);
    await lina.waitForTimeout(DOUBLE_PRESS_MS);
    await lina.getByTestId("roster-enrol").click();
    await expect(lina.getByTestId("roster-stage")).toHaveAttribute("data-stage", "done");
    expect(await standings(lina)).toEqual(["already_listed", "already_listed"]);
    const entries = (await (await lina.request.get(`/v1/deployments/${id}/entries`)).json()) as { name: string; photos: unknown[] }[];
    expect(entries.map(({ name, photos }) => [name, photos.length]).toSorted()).toEqual([["Ann", 2], ["Bo", 1]]);

    // The same files again, in another visit.
    await lina.reload();
    await checkList(lina, id, rows, photographs);
    expect(await standings(lina)).toEqual(["already_listed", "already_listed"]);

    // Whoever is no longer wanted is shown before anybody goes.
    await lina.goto(`/control.html#/pilot/${id}/status`);
    await lina.getByTestId("status-csv").setInputFiles({ name: "wanted.csv", mimeType: "text/csv", buffer: Buffer.from("nominal_id,name\nN-2,Somebody\nN-9,Nobody here\n") });
    await lina.getByTestId("status-compare").click();
    await expect(lina.getByTestId("status-result")).toHaveAttribute("data-checked", "false");
    await expect(lina.getByTestId("status-missing")).toContainText("Ann");
    await seen(lina, "status");
    await lina.getByTestId("status-remove").click();
    await lina.getByTestId("dialog-confirm").click();
    await expect(lina.getByTestId("status-result")).toHaveAttribute("data-checked", "true");
    await lina.goto(`/control.html#/pilot/${id}`);
    await expect(lina.getByTestId("entry-row")).toHaveCount(1);
  });
});

test("r16 ten thousand rows are checked, and the page draws those that are looked at", async () => {
  await withTeam(async ({ lina, id }) => {
    const COUNT = 10_000;
    const rows = Array.from({ length: COUNT }, (_, at): Row => ({ name: `Person ${at}`, nominal_id: `N-${at}`, photos: `${at}.jpg`, ...(at % 1_000 === 7 ? { category: "Wanted" } : {}) }));
    const photographs = Object.fromEntries(rows.map(({ photos }) => [photos ?? "", Buffer.from("x")]));
    await checkList(lina, id, rows, photographs);
    await expect(lina.getByTestId("roster-count-all")).toHaveText("10,000");
    await expect(lina.getByTestId("roster-count-faulty")).toHaveText("10");
    await lina.getByTestId("roster-filter").selectOption("all");
    await expect(lina.getByTestId("roster-pager")).toContainText("Page 1 of 400");
    expect(await lina.getByTestId("roster-row").count()).toBeLessThanOrEqual(25);
    await lina.getByTestId("roster-search").fill("N-9999");
    await expect(lina.getByTestId("roster-row")).toHaveCount(1);
    await lina.getByTestId("roster-search").fill("");
    await lina.getByTestId("roster-filter").selectOption("faulty");
    await lina.getByTestId("roster-change").first().click();
    await lina.getByTestId("row-9-category").selectOption("Wanted on warrant");
    await lina.getByTestId("row-9-category-alike").check();
    await lina.getByTestId("roster-save").click();
    await expect(lina.getByTestId("roster-count-faulty")).toHaveCount(0);

    // Stopped, and nothing of it is on the watchlist.
    await lina.getByTestId("roster-look").click();
    await lina.getByTestId("roster-pause").click();
    await expect(lina.getByTestId("roster-progress")).toContainText("paused");
    await lina.getByTestId("roster-stop").click();
    await lina.getByTestId("dialog-confirm").click();
    await expect(lina.getByTestId("roster-progress")).toHaveCount(0);
    expect(await (await lina.request.get(`/v1/deployments/${id}/entries`)).json()).toEqual([]);
  });
});

test("r18 r26 the policy's categories are what a plan and an entry choose from, and its quality what a picture must have", async () => {
  await withTeam(async ({ admin, cora, lina, id }) => {
    await admin.goto("/control.html#/policy");
    await expect(admin.getByTestId("policy-form")).toBeVisible();
    await admin.getByTestId("policy-add").click();
    await admin.getByTestId("policy-submit").click();
    await expect(admin.getByTestId("error-summary")).toBeVisible();
    await seen(admin, "policy");
    const last = (await admin.locator(".v-policy__category").count()) - 1;
    await admin.getByTestId(`policy-category-${last}`).fill("Harbour exclusion order");
    await admin.getByTestId(`policy-response-${last}`).selectOption("red");
    await admin.getByTestId("policy-floor").fill("99");
    await admin.waitForTimeout(DOUBLE_PRESS_MS);
    await admin.getByTestId("policy-submit").click();
    await expect(admin.getByTestId("policy-saved")).toBeVisible();

    await cora.goto("/control.html#/plan");
    await cora.getByRole("link", { name: "Watchlist and false alerts" }).click();
    await expect(cora.getByTestId("plan-categories").getByLabel("Harbour exclusion order", { exact: true })).toBeVisible();

    // An entry chooses from its plan's, and a picture below the floor needs a reason.
    await lina.goto(`/control.html#/pilot/${id}`);
    await lina.getByTestId("watchlist-add").click();
    await expect(lina.getByTestId("enrol-category").locator("option")).toHaveText(["Choose", ...CATEGORIES]);
    await offerPhoto(lina, "obama.jpg");
    await expect(await photoAnswer(lina)).toHaveAttribute("data-state", "accepted");
    await lina.getByTestId("enrol-add").click();
    await expect(lina.getByTestId("error-summary")).toContainText("Nominal id");
    await expect(lina.getByTestId("error-summary")).toContainText("why this picture is used");
    await seen(lina, "enrol-operation");
    await lina.getByTestId("enrol-override").fill("The only picture there is.");
    await lina.waitForTimeout(DOUBLE_PRESS_MS);
    await enrolHere(lina, "Ann Other");
    await expect(lina.getByTestId("entry-row")).toContainText(["Ann Other"]);
    await lina.getByTestId("entry-add-photo").click();
    await offerPhoto(lina, "obama3.jpg");
    await expect(await photoAnswer(lina)).toHaveAttribute("data-state", "accepted");
    await lina.getByTestId("enrol-override").fill("Shows the beard that the other lacks.");
    await lina.getByTestId("enrol-add").click();
    await expect(lina.getByTestId("enrol-added")).toContainText("one more photo");
    await lina.getByTestId("watchlist-clearances").click();
    await lina.getByTestId("clearances-settled").locator("summary").first().click();
    for (const reason of ["The only picture there is.", "Shows the beard that the other lacks."]) await expect(lina.getByTestId("clearances-settled")).toContainText(reason);
  });
});

test("r22 whoever is added to a live operation says why, and is matched once an authorising officer approves", async () => {
  await withTeam(async ({ product, tablet, admin, cora, lina, abel }) => {
    await account(admin, product, "Otto Operator", "operator");
    const id = await planned(cora, product, CATEGORIES, Date.now());
    const here = `/control.html#/pilot/${id}`;
    await lina.goto(here);
    await enrol(lina, "obama.jpg", "Listed Person");
    const operator = await onPairedDevice(tablet, admin, product, "Otto Operator");
    await started(id, product, { commander: cora, authoriser: abel, operator });

    await lina.goto(`${here}/import`);
    await expect(lina.getByTestId("roster-closed")).toContainText("The operation is live");
    await lina.goto(here);
    await expect(lina.getByTestId("watchlist-import")).toHaveCount(0);
    await lina.getByTestId("watchlist-add").click();
    await fillParticulars(lina, "N-77");
    await lina.getByTestId("enrol-name").fill("Late Addition");
    await offerPhoto(lina, "biden.jpg");
    await expect(await photoAnswer(lina)).toHaveAttribute("data-state", "accepted");
    await lina.getByTestId("enrol-add").click();
    await expect(lina.getByTestId("error-summary")).toContainText("while the operation is live");
    await lina.getByTestId("enrol-live-reason").fill("Seen at the harbour an hour ago.");
    await seen(lina, "enrol-live");
    await lina.waitForTimeout(DOUBLE_PRESS_MS);
    await lina.getByTestId("enrol-add").click();
    await expect(lina.getByTestId("enrol-added")).toContainText("Not matched yet");
    await expect(lina.getByTestId("entry-waits")).toContainText("added while live");

    await abel.goto(here);
    await abel.getByTestId("watchlist-clearances").click();
    const late = abel.locator('[data-testid="clearance"][data-kind="added_while_live"]');
    await expect(late).toContainText("Seen at the harbour an hour ago.");
    await late.getByTestId("clearance-approve").click();
    await expect(abel.getByTestId("clearances-none")).toBeVisible();
    await lina.reload();
    await expect(lina.getByTestId("entry-row")).toHaveCount(2);
    await expect(lina.getByTestId("entry-waits")).toHaveCount(0);

    // Ended, the people are gone and the numbers stay.
    await cora.goto(here);
    await cora.getByTestId("pilot-end").click();
    await cora.getByTestId("dialog-confirm").click();
    await expect(cora.getByTestId("pilot-deleted")).toBeVisible();
    await expect(cora.getByTestId("clearance-count-added_while_live")).toContainText("1 needed one: 1 cleared");
  });
});

/** The photo is accepted already. */
async function enrolHere(page: Page, name: string): Promise<void> {
  await fillParticulars(page, `N-${name}`);
  await page.getByTestId("enrol-name").fill(name);
  await page.getByTestId("enrol-add").click();
}

test("r27 of several faces in a photo the one that is meant is picked, and only it is enrolled", async () => {
  const product = await Product.start();
  const tablet = await browser("none");
  try {
    const { page } = await screen(tablet, product);
    await setUp(page, product);
    await startPilot(page);
    await enrol(page, "biden.jpg", "Left of the two");
    const two = await sideBySide(page, fixture("biden.jpg"), fixture("obama.jpg"));
    const offer = async () => {
      await offerPhoto(page, { name: "two.png", mimeType: "image/png", buffer: two });
      await expect(page.getByTestId("enrol-result")).toHaveAttribute("data-reason", "several_faces", { timeout: 90_000 });
      await expect(page.getByTestId("face-pick")).toHaveCount(2);
      // Asked which one is meant, nobody is told to bring another photo.
      await expect(page.getByTestId("enrol-result")).not.toContainText("alone");
    };
    // Which is first depends on their size: the one who is on the list already is told by the likeness.
    const likenesses: boolean[] = [];
    for (const [at, name] of ["One of the two", "The other"].entries()) {
      await page.getByTestId("enrol-name").fill(name);
      await offer();
      if (at === 0) await seen(page, "enrol-pick");
      await page.getByTestId("face-pick").nth(at).click();
      await expect(await photoAnswer(page)).toHaveAttribute("data-state", "accepted");
      await page.getByTestId("enrol-add").click();
      await expect(page.getByTestId("enrol-added")).toContainText(name);
      likenesses.push((await page.getByTestId("enrol-resembles").count()) > 0);
    }
    expect(likenesses.toSorted()).toEqual([false, true]);
  } finally {
    await tablet.close();
    await product.remove();
  }
});
