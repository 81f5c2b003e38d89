// An operation with its people, made by requests where nothing is to be seen, and faces that a tablet would see.
import { expect, type Browser, type Page } from "@playwright/test";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { FIXTURES, type Product } from "./product";
import { accessible, enrol, PASSWORD, screen, setUp, TABLET } from "./screens";

const DAY_MS = 86_400_000;
const day = (from: number) => new Date(Date.now() + from * DAY_MS).toISOString().slice(0, 10);

export const SHAPES = { landscape: TABLET, portrait: { width: 800, height: 1280 }, phone: { width: 390, height: 844 } };

/** Free of axe's findings, and no wider than the screen in whatever way it is held; pictures of each are kept. */
export async function seen(page: Page, name: string): Promise<void> {
  await accessible(page, name);
  for (const [shape, size] of Object.entries(SHAPES)) {
    await page.setViewportSize(size);
    await page.screenshot({ path: `results/${name}-${shape}.png` });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(wide, `${name} scrolls sideways in ${shape}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(TABLET);
}

export class People {
  constructor(
    private readonly of: Browser,
    private readonly product: Product,
    private readonly admin: Page,
  ) {}

  async ask(page: Page, method: "post" | "put" | "delete", path: string, data?: unknown): Promise<unknown> {
    const reply = await page.request[method](path, { headers: { origin: this.product.url }, ...(data === undefined ? {} : { data }) });
    expect(reply.status(), `${method} ${path}: ${await reply.text()}`).toBeLessThan(300);
    return reply.status() === 204 ? undefined : reply.json();
  }

  /** Somebody with a role and the training for it, signed in; on a paired device where one is named. */
  async hire(name: string, role: string, device?: string): Promise<Page> {
    await this.ask(this.admin, "post", "/v1/users", { name, password: PASSWORD, roles: [{ role, trained_until: day(300) }] });
    return this.signIn(name, device);
  }

  async signIn(name: string, device?: string): Promise<Page> {
    const { page } = await screen(this.of, this.product);
    if (device !== undefined) {
      const { code } = (await this.ask(this.admin, "post", "/v1/pairing-codes", { device_name: device })) as { code: string };
      await this.ask(page, "post", "/v1/devices", { code });
    }
    await this.ask(page, "post", "/v1/session", { name, password: PASSWORD });
    return page;
  }
}

/** A face as a device offers it: the template that it was enrolled with, and its picture. */
export type Face = { template: string; model: string; pipeline: number; transform: string | null; photo: string };

/** Enrols on that page, and returns the face that the page sent. */
export async function enrolled(page: Page, file: string, name: string, over: Record<string, string> = {}): Promise<Face> {
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/entries"), { timeout: 120_000 });
  await enrol(page, file, name, over);
  const { portrait } = (await sent).postDataJSON() as { portrait: Face };
  return portrait;
}

/** The face is seen by the device of that page. Returns the alerts that want its picture, which they get. */
export async function sighted(people: People, page: Page, deployment: string, { photo, template, model, pipeline, transform }: Face, track: string = randomUUID()): Promise<string[]> {
  const candidate = { id: randomUUID(), track, age_ms: 20, quality: 0.9, shots: 3, template, model, pipeline, transform };
  const { crops_wanted } = (await people.ask(page, "post", `/v1/deployments/${deployment}/candidates`, candidate)) as { crops_wanted: string[] };
  for (const alert of crops_wanted) {
    const headers = { origin: new URL(page.url()).origin, "content-type": "image/jpeg" };
    const reply = await page.request.put(`/v1/alerts/${alert}/crop`, { headers, data: Buffer.from(photo, "base64") });
    expect(reply.status(), await reply.text()).toBeLessThan(300);
  }
  return crops_wanted;
}

export type Operation = { id: string; people: People; cora: Page; otto: Page; eve: Page; face: Face };

/** An operation that is live: Cora commands it, Otto operates, Eve engages, and one person is on the list, who is vulnerable. */
export async function liveOperation(of: Browser, product: Product, listed: string): Promise<Operation> {
  const { page: admin } = await screen(of, product);
  await setUp(admin, product);
  const people = new People(of, product, admin);
  await people.ask(admin, "put", "/v1/organisation", { name: "Harbour Police", contact: "Desk 1", complaints: "Desk 2" });
  const cora = await people.hire("Cora Commander", "commander", "Command van");
  const abel = await people.hire("Abel Authoriser", "authorising_officer");
  const lina = await people.hire("Lina Lists", "list_manager");
  const otto = await people.hire("Otto Operator", "operator", "Gate tablet");
  const eve = await people.hire("Eve Engagement", "engagement_officer", "Eve's phone");

  const papers = ["data_protection_impact_assessment", "equality_impact_assessment", "appropriate_policy_document", "legal_mandate"];
  const { id } = (await people.ask(cora, "post", "/v1/operations", {
    name: "North gate",
    place: "Harbour Road",
    ends_at: new Date(Date.now() + 3_600_000).toISOString(),
    plan: {
      starts_at: new Date(Date.now() - 1_000).toISOString(),
      purpose: "Find people who must leave",
      legal_basis: "Immigration Act",
      use_case: "Watchlist",
      cameras: ["Mast 1, looking at the gate"],
      categories: ["Deportation order"],
      footfall: 3_000,
      necessity: "They pass here",
      proportionality: "One hour, one gate",
      alternatives: "Officers by eye found nobody",
      documents: papers.map((kind) => ({ kind, reference: "Shelf 4", version: "2.0", review_by: day(300) })),
      notice: { text: "Live facial recognition at Harbour Road", published_on: day(0) },
    },
  })) as { id: string };
  const here = `/v1/deployments/${id}`;
  await lina.goto(`/control.html#/pilot/${id}`);
  const face = await enrolled(lina, "obama.jpg", listed, { vulnerability: "Does not hear" });
  const [entry] = (await (await lina.request.get(`${here}/entries`)).json()) as [{ id: string }];
  const clearance = `${here}/entries/${entry.id}/clearances/vulnerability`;
  await people.ask(lina, "post", `${clearance}/request`, { rationale: "Nobody else can be asked" });
  await people.ask(abel, "post", `${clearance}/approval`);
  await people.ask(cora, "post", `${here}/submission`, {});
  const { operation } = (await (await abel.request.get(here)).json()) as { operation: { content_sha256: string } };
  await people.ask(abel, "post", `${here}/authorisation`, { rank: "Superintendent", content_sha256: operation.content_sha256 });
  await otto.goto(`/control.html#/pilot/${id}`);
  for (const check of [0, 1, 2]) await otto.locator(`#signs-check-${check}`).check();
  await otto.getByTestId("signs-photo").setInputFiles(join(FIXTURES, "obama.jpg"));
  // All is seen to, and its time has come: it starts by itself.
  await expect.poll(async () => ((await (await cora.request.get(here)).json()) as { state: { kind: string } }).state.kind, { timeout: 30_000 }).toBe("live");
  return { id, people, cora, otto, eve, face };
}
