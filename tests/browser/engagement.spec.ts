import { expect, test, type Locator, type Page } from "@playwright/test";
import { enrolled, liveOperation, People, seen, SHAPES, sighted } from "./support/live";
import { Product } from "./support/product";
import { accessible, browser, browserStorage, PASSWORD, screen, secondOfficer, setUp, startPilot, state, TABLET } from "./support/screens";

const LISTED = "Alexandrina Featherstonehaugh-Cholmondeley of the Northern Harbour Rehearsal Ltd";

/** Several people's screens at once are much for a small machine. */
test.describe.configure({ timeout: 360_000 });

const card = (page: Page) => page.getByTestId("alert-card");

/** What the page asked the device to do: to vibrate, and to sound. */
async function listenTo(page: Page): Promise<() => Promise<{ vibrations: number[][]; tones: number }>> {
  await page.addInitScript(() => {
    const asked = { vibrations: [] as number[][], tones: 0 };
    Object.assign(globalThis, { asked });
    Object.defineProperty(navigator, "vibrate", { value: (pattern: number[]) => asked.vibrations.push(pattern) > 0 });
    const create = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function () {
      asked.tones += 1;
      return create.call(this);
    };
  });
  return () => page.evaluate(() => (globalThis as unknown as { asked: { vibrations: number[][]; tones: number } }).asked);
}

/** Held upright: what might mislead and the answers are wholly in view, covered by nothing, and no word of an answer is broken. */
async function inSight(page: Page, name: string): Promise<void> {
  for (const [width, height, letters] of [[360, 640, "100%"], [390, 844, "100%"], [600, 960, "100%"], [390, 844, "200%"]] as const) {
    await page.setViewportSize({ width, height });
    const found = await page.evaluate((size) => {
      document.documentElement.style.fontSize = size;
      // As it stands when it is opened.
      document.querySelector('.v-alert[data-state="open"]')?.scrollIntoView({ block: "start" });
      const answers = [...document.querySelectorAll(".v-alert__answers button")];
      const hidden = [...document.querySelectorAll(".v-factors__group"), ...answers].filter((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect();
        return ![[left, top, 4], [right, bottom, -4]].every(([x = 0, y = 0, inside = 0]) => one.contains(document.elementFromPoint(x + inside, y + inside)));
      });
      const broken = answers.flatMap((answer) => {
        const text = document.createTreeWalker(answer, NodeFilter.SHOW_TEXT).nextNode() as Text;
        return [...text.data.matchAll(/\S+/g)].filter(({ 0: word, index }) => {
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
        });
      });
      return { hidden: hidden.map((one) => one.textContent), broken: broken.map(([word]) => word) };
    }, letters);
    const shape = `${name}, ${width}x${height}, letters of ${letters}`;
    expect.soft(found.broken, `${shape}: words broken`).toEqual([]);
    if (letters === "100%") expect.soft(found.hidden, `${shape}: not in sight`).toEqual([]);
    await page.screenshot({ path: `results/${name.replaceAll(" ", "-")}-${width}x${height}-${letters.slice(0, 3)}.png` });
  }
  await page.evaluate(() => (document.documentElement.style.fontSize = ""));
  await page.setViewportSize(TABLET);
}

/** Of one size and one look. */
async function alike(answers: Locator): Promise<void> {
  const looks = await answers.evaluateAll((all) =>
    all.map((one) => {
      const { width, height } = one.getBoundingClientRect();
      const { color, backgroundColor, borderColor, borderWidth, fontSize, fontWeight } = getComputedStyle(one);
      return { width: Math.round(width), height: Math.round(height), color, backgroundColor, borderColor, borderWidth, fontSize, fontWeight };
    }),
  );
  expect(looks.length).toBeGreaterThanOrEqual(2);
  for (const look of looks) expect(look).toEqual(looks[0]);
  expect(Math.min(looks[0]?.width ?? 0, looks[0]?.height ?? 0)).toBeGreaterThanOrEqual(44);
}

test("r62, r64, r67, r70, r71, r72, r73, r5: an alert nobody opens, two people who decide, what came of it, and a stop from the commander's screen", async () => {
  const product = await Product.start();
  const tablet = await browser("none");
  try {
    const { id, people, cora, otto, eve, face } = await liveOperation(tablet, product, LISTED);
    const asked = await listenTo(eve);
    await otto.goto("/officer.html#alerts");
    await eve.goto("/officer.html");
    await state(otto, "alerts_only");
    // Whoever may not capture is never asked for a camera.
    await state(eve, "alerts_only");
    await expect(eve.getByTestId("go-live")).toHaveCount(0);
    // A slow press is one press.
    const sound = eve.getByRole("switch", { name: "Sound", exact: true });
    await sound.click({ delay: 400 });
    await expect(sound).toBeChecked();
    await expect(async () => {
      await sound.click();
      await expect(sound).not.toBeChecked({ timeout: 500 });
    }, "it rests for a moment after a press").toPass();
    // A double tap is one press too, and its name doesn't change with its state.
    await eve.waitForTimeout(1_000);
    await sound.dblclick();
    await expect(sound).toBeChecked();
    await expect(sound).toContainText("Sound: on");
    await eve.waitForTimeout(1_000);
    await sound.click();
    await expect(sound).not.toBeChecked();

    // It comes up on both screens, and neither shows a face or a name before a person opens it.
    await sighted(people, otto, id, face);
    for (const page of [otto, eve]) {
      await expect(card(page)).toHaveAttribute("data-state", "waiting");
      await expect(page.locator("img")).toHaveCount(0);
      await expect(page.getByText(LISTED)).toHaveCount(0);
      // Why somebody is looked for, and how to respond, say nothing of who it is.
      await expect(card(page).getByTestId("alert-subject")).toHaveAttribute("data-response", /red|amber|green/);
      await expect(card(page).getByTestId("alert-care")).toHaveCount(0);
      await expect(page.getByTestId("alert-receipts")).toHaveAttribute("data-received", "2");
      await expect(page.getByTestId("alert-receipts")).toHaveAttribute("data-opened", "0");
    }
    await seen(eve, "alert-waiting");
    const first = await asked();
    expect(first.vibrations.length).toBeGreaterThan(0);
    expect(first.tones, "silent").toBe(0);

    // Nobody opens it, so both screens call louder.
    for (const page of [otto, eve]) await expect(page.getByTestId("alert-escalated")).toBeVisible({ timeout: 30_000 });
    await seen(eve, "alert-escalated");
    const louder = await asked();
    const shaken = (pattern: number[] | undefined) => (pattern ?? []).reduce((sum, part) => sum + part, 0);
    expect(shaken(louder.vibrations.at(-1))).toBeGreaterThan(shaken(first.vibrations[0]));
    expect(louder.tones, "silent").toBe(0);

    await card(otto).getByTestId("alert-open").click();
    await expect(eve.getByTestId("alert-escalated")).toHaveCount(0);
    await expect(eve.getByTestId("alert-receipts")).toContainText("opened by Otto Operator");

    // Nothing is answered beforehand, and no answer before both pictures were looked at.
    const answers = card(otto).locator('[data-testid^="verdict-"]');
    await expect(answers).toHaveCount(3);
    await alike(answers);
    expect(await answers.evaluateAll((all) => all.includes(document.activeElement as HTMLElement)), "no answer has the focus").toBe(false);
    await expect(card(otto).getByTestId("alert-ask")).toContainText("Look at both pictures");
    for (const answer of await answers.all()) await expect(answer).toHaveAttribute("aria-disabled", "true");
    await answers.first().click({ force: true });
    await expect(card(otto)).toHaveAttribute("data-state", "open");
    for (const picture of ["alert-probe", "alert-reference"]) {
      await expect.poll(() => card(otto).getByTestId(picture).evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(50);
    }
    await expect(card(otto).getByTestId("alert-subject")).toContainText(/(Red|Amber|Green): /);
    await expect(card(otto).getByTestId("alert-picture-age")).toContainText(/Photo taken .+ ago/);
    await expect(card(otto).getByTestId("alert-entry")).toHaveText(LISTED);
    await expect(card(otto).getByTestId("alert-care")).toHaveText("Vulnerable: approach with care");
    const sizes = await card(otto).locator("img").evaluateAll((images) => images.map((image) => `${image.clientWidth}x${image.clientHeight}`));
    expect(new Set(sizes).size, `${sizes}`).toBe(1);
    await expect(answers.first()).not.toHaveAttribute("aria-disabled", "true");
    await alike(answers);
    await seen(otto, "alert-open");
    await card(otto).getByTestId("factors-subject").click();
    await card(otto).getByTestId("factor-glasses").check();
    await card(otto).getByTestId("factors-system").click();
    await card(otto).getByTestId("factor-blur").check();
    await seen(otto, "alert-factors");
    await card(otto).getByTestId("verdict-true").click();

    // The first person can't be the second too, and until then only that nobody was spoken to can be recorded.
    await expect(card(otto)).toHaveAttribute("data-step", "await_second");
    await expect(card(otto).getByTestId("alert-considered")).toContainText("glasses, blurred");
    await card(otto).getByTestId("engagement-open").click();
    await expect(card(otto).getByTestId("engagement-outcome-engaged_true")).toHaveCount(0);
    await expect(card(otto).locator('[name="engagement-outcome"]')).toHaveCount(2);
    await card(otto).getByTestId("engagement-cancel").click();
    await seen(otto, "alert-await-second");

    await expect(card(eve)).toHaveAttribute("data-step", "confirm");
    await expect(eve.locator("img")).toHaveCount(0);
    await card(eve).getByTestId("alert-open").click();
    const sights = card(eve).locator('[data-testid^="confirm-"]');
    await alike(sights);
    for (const answer of await sights.all()) await expect(answer).toHaveAttribute("aria-disabled", "true");
    await expect(sights.first()).not.toHaveAttribute("aria-disabled", "true");
    await seen(eve, "alert-confirm");
    await card(eve).getByTestId("confirm-confirmed").click();
    await expect(card(otto).getByTestId("alert-sight")).toContainText("Eve Engagement");
    for (const page of [otto, eve]) await expect(card(page)).toHaveAttribute("data-step", "engage");

    // What came of it: one touch a question, and nothing is answered beforehand.
    await card(eve).getByTestId("engagement-open").click();
    await expect(card(eve).locator('[name^="engagement-"]:checked')).toHaveCount(0);
    await card(eve).getByTestId("engagement-save").click();
    await expect(eve.getByTestId("error-summary")).toContainText("Say what happened");
    await card(eve).getByTestId("engagement-outcome-engaged_true").check();
    await expect(eve.getByTestId("error-summary")).toHaveCount(0);
    await expect(card(eve).locator(".govuk-error-message")).toHaveCount(0);
    await expect(card(eve).locator('[name^="engagement-"]:checked')).toHaveCount(1);
    await seen(eve, "engagement-form");
    await card(eve).getByTestId("engagement-minutes-5").check();
    for (const [question, answer] of [["explanation", "yes"], ["leaflet", "yes"], ["force", "no"], ["complaint", "no"]]) {
      await card(eve).getByTestId(`engagement-${question}-${answer}`).check();
    }
    await card(eve).getByTestId("engagement-disposal-arrest").check();
    await card(eve).getByTestId("engagement-save").click();
    for (const page of [otto, eve]) {
      await expect(card(page).getByTestId("alert-engagement")).toHaveAttribute("data-outcome", "engaged_true");
      await expect(card(page).getByTestId("alert-engagement")).toContainText("Arrest, recorded by Eve Engagement");
      await expect(card(page).getByTestId("identity-check")).toHaveCount(0);
    }

    // A check of identity is a step of its own, with what allowed it.
    await card(eve).getByTestId("check-open").click();
    await card(eve).getByTestId("check-kind-fingerprints").check();
    await card(eve).getByTestId("check-save").click();
    await expect(eve.getByTestId("error-summary")).toContainText("Say what allowed it");
    await seen(eve, "identity-check");
    await card(eve).getByTestId("check-basis-immigration").check();
    await card(eve).getByTestId("check-save").click();
    await expect(card(otto).getByTestId("identity-check")).toContainText("Fingerprints checked");
    await seen(otto, "alert-engaged");

    // Looked at afterwards: both pictures side by side, for whoever decides, and nothing to press but that.
    const desk = await eve.context().newPage();
    await desk.goto(`/control.html#/pilot/${id}/alerts`);
    const reviewed = desk.getByTestId("review-alert");
    await expect(reviewed).toHaveAttribute("data-pictures", "kept");
    for (const told of ["decided by Otto Operator", "Confirmed on sight by Eve Engagement", "Identity was checked once", "Arrest", "Glasses, Blurred"]) await expect(reviewed).toContainText(told);
    await expect(desk.getByText(LISTED)).toHaveCount(0);
    await expect(desk.locator("img")).toHaveCount(0);
    await desk.getByTestId("review-show").click();
    const both = desk.getByTestId("review-pictures").locator("img");
    await expect.poll(() => both.evaluateAll((all) => all.map((image) => (image as HTMLImageElement).naturalWidth > 50))).toEqual([true, true]);
    const boxes = await both.evaluateAll((all) => all.map((image) => `${image.clientWidth}x${image.clientHeight}`));
    expect(new Set(boxes).size, `${boxes}`).toBe(1);
    await seen(desk, "alert-review");
    await desk.getByTestId("review-filter").selectOption("false");
    await expect(reviewed).toHaveCount(0);
    await expect(desk.getByTestId("review-count")).toHaveText("0 of 1");
    await desk.close();

    // The commander sees no alert, and stops everything in two touches.
    await cora.goto("/officer.html");
    await state(cora, "watching");
    await expect(card(cora)).toHaveCount(0);
    await expect(otto.getByTestId("stop-everywhere")).toHaveCount(0);
    await seen(cora, "stop");
    await cora.getByTestId("stop-everywhere").click();
    await seen(cora, "stop-asked");
    const pressed = Date.now();
    await cora.getByTestId("dialog-confirm").click();
    for (const page of [cora, otto, eve]) {
      await state(page, "no_deployment");
      await expect(card(page)).toHaveCount(0);
      await expect(page.getByText(LISTED)).toHaveCount(0);
    }
    console.log(`every screen said so ${Date.now() - pressed} ms after the touch`);
    const late = await otto.request.post(`/v1/deployments/${id}/candidates`, {
      headers: { origin: product.url },
      data: { id: "01998f3a-0000-7000-8000-000000000001", track: "01998f3a-0000-7000-8000-000000000002", age_ms: 20, quality: 0.9, shots: 3, template: face.template, model: face.model, pipeline: face.pipeline },
    });
    expect(late.status()).toBe(409);

    const published = async () => (await cora.request.get(`/v1/deployments/${id}/publication`)).text();
    await expect.poll(published).toContain("positive interventions");
    const [names, cells] = (await published()).trim().split(/\r?\n/).map((line) => line.split(","));
    const row = new Map(names?.map((name, index) => [name, cells?.[index]]));
    expect(["total alerts", "positive alerts", "positive interventions", "incorrect alerts", "incorrect interventions"].map((name) => row.get(name))).toEqual(["1", "1", "1", "0", "0"]);
    expect(row.get("arrests/disposals")).toContain("1");

    // The record outlives the pictures, and says since when they are gone.
    await cora.goto(`/control.html#/pilot/${id}/alerts`);
    await expect(cora.getByTestId("review-alert")).toHaveAttribute("data-pictures", "deleted");
    await expect(cora.getByTestId("review-alert")).toContainText(/deleted .+, when the deployment ended/);
    await expect(cora.getByTestId("review-show")).toHaveCount(0);
    await accessible(cora, "alert-review-ended");
  } finally {
    await tablet.close();
    await product.remove();
  }
});

test("r64, r69, r74, r75: in an exercise one person decides; the same face again is counted; a mistake is counted apart; nothing stays after signing out or locking out", async () => {
  const product = await Product.start();
  const tablet = await browser("none");
  try {
    const { page: admin } = await screen(tablet, product);
    await setUp(admin, product);
    const people = new People(tablet, product, admin);
    const id = await startPilot(admin);
    const face = await enrolled(admin, "obama.jpg", "Volunteer One");
    await people.ask(admin, "post", `/v1/deployments/${id}/start`, {});
    const { page: olu } = await secondOfficer(tablet, admin, product);
    await admin.goto("/officer.html#alerts");
    await olu.goto("/officer.html#alerts");
    await olu.reload();
    for (const page of [admin, olu]) await state(page, "alerts_only");
    // A page that nobody has touched can't call by sound, and says so until somebody does.
    await expect(olu.getByTestId("sound-blocked")).toBeVisible();
    // It lies over nothing, least of all over how many wait.
    await olu.setViewportSize({ width: 390, height: 844 });
    const [note, count] = await Promise.all(["sound-blocked", "alerts-waiting"].map((part) => olu.getByTestId(part).boundingBox()));
    expect((note?.y ?? 0) + (note?.height ?? 0)).toBeLessThanOrEqual(count?.y ?? 0);
    await olu.setViewportSize(TABLET);
    await olu.getByTestId("alerts-waiting").click();
    await expect(olu.getByTestId("sound-blocked")).toHaveCount(0);

    await sighted(people, admin, id, face);
    await expect(card(olu)).toHaveCount(1);
    await sighted(people, olu, id, face);
    for (const page of [admin, olu]) {
      await expect(page.getByTestId("alert-repeats")).toHaveAttribute("data-count", "2");
      await expect(card(page)).toHaveCount(1);
    }

    // Two answer at once: whoever is later reads so at the top of the card, with what was decided and what she can do.
    await card(admin).getByTestId("alert-open").click();
    await expect(card(admin).getByTestId("verdict-false")).not.toHaveAttribute("aria-disabled", "true");
    let goOn: () => void = () => undefined;
    const decided = new Promise<void>((done) => (goOn = done));
    await admin.route("**/adjudication", async (route) => decided.then(() => route.continue()));
    await card(admin).getByTestId("verdict-false").click();
    await card(olu).getByTestId("alert-open").click();
    await card(olu).getByTestId("verdict-true").click();
    await expect(card(olu)).toHaveAttribute("data-step", "engage");
    await expect(card(admin)).toHaveAttribute("data-step", "engage");
    goOn();
    await expect(card(admin).getByTestId("alert-problem")).toContainText("Olu Officer was quicker");
    for (const size of [SHAPES.phone, SHAPES.landscape]) {
      await admin.setViewportSize(size);
      for (const told of ["alert-problem", "alert-outcome"]) await expect.soft(card(admin).getByTestId(told), `${told} ${size.width}`).toBeInViewport({ ratio: 0.99 });
    }
    await seen(admin, "answer-too-late");
    await admin.unroute("**/adjudication");
    await expect(card(olu).getByTestId("single-person")).toContainText("exercise with volunteers");
    // Seen once more while somebody deals with it: the card says so, and nobody is called.
    await sighted(people, admin, id, face);
    for (const page of [admin, olu]) {
      await expect(page.getByTestId("alert-repeats")).toHaveAttribute("data-count", "3");
      await expect(card(page)).toHaveCount(1);
      await expect(page.getByTestId("alerts-waiting")).toHaveAttribute("data-count", "0");
    }
    await seen(olu, "alert-single");
    await card(olu).getByTestId("engagement-open").click();
    await card(olu).getByTestId("engagement-outcome-engaged_false").check();
    await card(olu).getByTestId("engagement-minutes-2").check();
    for (const question of ["explanation", "leaflet", "force"]) await card(olu).getByTestId(`engagement-${question}-no`).check();
    await card(olu).getByTestId("engagement-complaint-yes").check();
    await card(olu).getByTestId("engagement-disposal-no_further_action").check();
    await card(olu).getByText("Other officers, or a note").click();
    await card(olu).getByTestId("engagement-note").fill("Apologised.");
    // What is half written outlasts a reload, sealed.
    const kept = async () => [...(await browserStorage(olu))].filter(([where]) => where.startsWith("database vedette-drafts sealed"));
    await expect.poll(async () => (await kept()).length).toBeGreaterThan(0);
    for (const [where, bytes] of await kept()) expect(/Apologised|Volunteer/.test(bytes.toString()), where).toBe(false);
    await olu.reload();
    await expect(card(olu).getByTestId("engagement-note")).toHaveValue("Apologised.");
    await expect(card(olu).getByTestId("engagement-disposal-no_further_action")).toBeChecked();
    // Whoever writes about the same match at once reads that the other one was quicker, beside what she wrote, also after a reload.
    await card(admin).getByTestId("engagement-open").click();
    await card(admin).getByTestId("engagement-outcome-lost").check();
    await card(olu).getByTestId("engagement-save").click();
    const overtaken = card(admin).getByTestId("overtaken");
    await expect(overtaken).toContainText("Olu Officer wrote down");
    await expect(card(admin).getByTestId("engagement-save")).toHaveCount(0);
    await admin.reload();
    await expect(overtaken).toBeVisible();
    await expect(card(admin).getByTestId("engagement-outcome-lost")).toBeChecked();
    await card(admin).getByTestId("engagement-cancel").click();

    // A complaint leads to where it is recorded, about this very alert, and to nowhere else on this screen.
    const opened = olu.context().waitForEvent("page");
    await card(olu).getByTestId("complaint-next").getByRole("link").click();
    const record = await opened;
    await expect(record.getByTestId("complaint-deployment")).toHaveValue(id);
    await expect(record.getByTestId("complaint-deployment")).toContainText(", ends ");
    await expect(record.getByTestId("complaint-alert")).toHaveValue((await card(olu).getAttribute("data-alert")) ?? "");
    await expect(record.getByTestId("complaint-alert")).toContainText("the person complained");
    await seen(record, "complaint-from-alert");
    await record.close();

    // Whom a mistake fell on is counted, and told only by whoever spoke to them.
    await expect(card(olu).getByTestId("observe-form")).toBeVisible();
    await expect(card(admin).getByTestId("alert-engagement")).toHaveAttribute("data-outcome", "engaged_false");
    await expect(card(admin).getByTestId("observe-form")).toHaveCount(0);
    await expect(card(olu).locator('[name^="observe-"]:checked')).toHaveCount(0);
    await card(olu).getByTestId("observe-save").click();
    await expect(olu.getByTestId("error-summary")).toBeVisible();
    await seen(olu, "observe");
    await card(olu).getByTestId("observe-sex-female").check();
    await card(olu).getByTestId("observe-age-from_25_to_44").check();
    await card(olu).getByTestId("observe-ethnicity-not_known").check();
    await card(olu).getByTestId("observe-save").click();
    await expect(card(olu).getByTestId("observe-form")).toHaveCount(0);

    // What was recorded can be put right by whoever recorded it.
    await expect(card(admin).getByTestId("engagement-open")).toHaveCount(0);
    await card(olu).getByTestId("engagement-open").click();
    await expect(card(olu).getByTestId("engagement-minutes-2")).toBeChecked();
    expect(await kept()).toEqual([]);
    await card(olu).getByTestId("engagement-note").fill("Apologised again.");
    await expect.poll(async () => (await kept()).length).toBeGreaterThan(0);

    // Signed out in the control room, where no officer's screen is open: what was half written is gone, with its key.
    const written = async () => [...(await browserStorage(olu)).keys()].filter((where) => /vedette-(drafts|outbox)/.test(where));
    await olu.goto("/control.html");
    await olu.getByTestId("sign-out").click();
    await expect(olu.getByTestId("sign-in")).toBeVisible();
    await expect.poll(written).toEqual([]);
    await olu.getByTestId("sign-in-name").fill("Olu Officer");
    await olu.getByTestId("sign-in-password").fill(PASSWORD);
    await olu.getByTestId("sign-in-submit").click();
    await expect(olu.getByTestId("sign-out")).toBeVisible();
    await olu.goto("/officer.html#alerts");
    await expect(card(olu).getByTestId("engagement-open")).toBeVisible();
    await expect(card(olu).getByTestId("engagement-form")).toHaveCount(0);

    // Signed out, then locked out: nothing stays.
    await admin.getByTestId("sign-out").click();
    await state(admin, "signed_out");
    for (const left of [card(admin), admin.locator("img"), admin.getByText("Volunteer One"), admin.getByText("Apologised")]) await expect(left).toHaveCount(0);
    const keeper = await people.signIn("Ada Administrator");
    const devices = (await (await keeper.request.get("/v1/devices")).json()) as { id: string; name: string }[];
    const office = devices.find(({ name }) => name === "Office screen");
    await people.ask(keeper, "delete", `/v1/devices/${office?.id}`);
    await state(olu, "not_paired");
    for (const left of [card(olu), olu.locator("img"), olu.getByText("Volunteer One")]) await expect(left).toHaveCount(0);
  } finally {
    await tablet.close();
    await product.remove();
  }
});

test("r62, r63, r72, r75: several alerts wait in a queue, one is open at a time, and what came of a match can be written down after the end", async () => {
  const product = await Product.start();
  const tablet = await browser("none");
  try {
    const { page } = await screen(tablet, product);
    await setUp(page, product);
    const people = new People(tablet, product, page);
    const id = await startPilot(page);
    const one = await enrolled(page, "obama.jpg", "Volunteer One");
    const two = await enrolled(page, "biden.jpg", "Volunteer Two");
    await people.ask(page, "post", `/v1/deployments/${id}/start`, {});
    await page.goto("/officer.html#alerts");
    await state(page, "alerts_only");
    await sighted(people, page, id, one);
    await expect(card(page)).toHaveCount(1);
    await sighted(people, page, id, two);
    await expect(card(page)).toHaveCount(2);
    await expect(page.getByTestId("alerts-waiting")).toHaveAttribute("data-count", "2");

    await card(page).nth(1).getByTestId("alert-open").click();
    await expect(card(page).first()).toHaveAttribute("data-state", "open");
    await expect(card(page).first().getByTestId("alert-entry")).toHaveText("Volunteer Two");
    await expect(card(page).nth(1)).toHaveAttribute("data-state", "waiting");
    await expect(page.locator("img")).toHaveCount(2);
    await expect(page.getByTestId("engagement-open")).toHaveCount(0);
    await seen(page, "alert-queue");
    // In Welsh, on a phone and a small tablet: what might mislead and the answers are in sight, and no answer breaks in a word.
    await page.goto("/officer.html?lang=cy#alerts");
    await card(page).first().getByTestId("alert-open").click();
    await inSight(page, "alert in Welsh");
    await page.goto("/officer.html#alerts");
    await card(page).first().getByTestId("alert-open").click();
    await card(page).first().getByTestId("verdict-false").click();
    await expect(card(page).nth(1).getByTestId("alert-outcome")).toHaveAttribute("data-verdict", "false");
    // The next one is opened by a person, not by the answer to the first.
    await expect(card(page).first()).toHaveAttribute("data-state", "waiting");
    await expect(page.getByTestId("engagement-open")).toHaveCount(0);

    // Whoever speaks to somebody while it ends writes down afterwards what came of it, without name or picture.
    await card(page).first().getByTestId("alert-open").click();
    await card(page).first().getByTestId("verdict-true").click();
    await expect(card(page).first()).toHaveAttribute("data-step", "engage");
    // Half written when the commander ends it: the answers are carried over, and what can't be kept any more is named.
    await card(page).first().getByTestId("engagement-open").click();
    await card(page).first().getByTestId("engagement-outcome-not_engaged").check();
    await card(page).first().getByTestId("engagement-reason-not_safe").check();
    await card(page).first().getByText("Other officers, or a note").click();
    await card(page).first().getByTestId("engagement-note").fill("Volunteer One ran");
    await people.ask(page, "post", `/v1/deployments/${id}/end`);
    await state(page, "no_deployment");
    const match = page.getByTestId("unfinished-match");
    await expect(match).toHaveCount(1);
    for (const left of [card(page), page.locator("img"), page.getByText("Volunteer")]) await expect(left).toHaveCount(0);
    await expect(match.getByTestId("carried-over")).toHaveAttribute("data-cut", "true");
    await expect(match.getByTestId("engagement-reason-not_safe")).toBeChecked();
    await expect(match.getByTestId("engagement-note")).toHaveCount(0);
    await seen(page, "unfinished");
    await page.reload();
    await expect(match.getByTestId("engagement-reason-not_safe")).toBeChecked();
    await match.getByTestId("engagement-outcome-lost").check();
    await match.getByTestId("engagement-save").click();
    await expect(match).toHaveCount(0);
    await page.reload();
    await state(page, "no_deployment");
    await expect(match).toHaveCount(0);
    await page.goto(`/control.html#/pilot/${id}`);
    await expect(page.getByTestId("observations")).toContainText("Fewer than five");
  } finally {
    await tablet.close();
    await product.remove();
  }
});
