// An operation's people, its plan, and lists for its watchlist, made by requests where a story is about something else.
import { expect, type Browser, type Page } from "@playwright/test";
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import type { Product } from "./product";
import { PASSWORD, screen } from "./screens";

const HOUR_MS = 3_600_000;
const NEXT_YEAR = `${new Date().getFullYear() + 1}-12-31`;

/** Made by the administrator, trained until next year. */
export async function account(admin: Page, product: Product, name: string, role: string): Promise<void> {
  const data = { name, password: PASSWORD, roles: [{ role, trained_until: NEXT_YEAR }] };
  const made = await admin.request.post("/v1/users", { headers: { origin: product.url }, data });
  expect(made.status(), await made.text()).toBe(201);
}

/** Somebody's own screen, signed in. */
export async function signedIn(of: Browser, product: Product, name: string): Promise<Page> {
  const { page } = await screen(of, product);
  await page.goto("/control.html");
  await page.getByTestId("sign-in-name").fill(name);
  await page.getByTestId("sign-in-password").fill(PASSWORD);
  await page.getByTestId("sign-in-submit").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Deployments");
  return page;
}

/** Planned by whoever is signed in there, to start in an hour unless it is said when. */
export async function planned(commander: Page, product: Product, categories: readonly string[], start = Date.now() + HOUR_MS): Promise<string> {
  const text = "As the policy says";
  const kinds = ["data_protection_impact_assessment", "equality_impact_assessment", "appropriate_policy_document", "legal_mandate"];
  const plan = {
    starts_at: new Date(start).toISOString(),
    purpose: text,
    legal_basis: text,
    use_case: text,
    cameras: ["Mast 1"],
    categories,
    footfall: 3_000,
    necessity: text,
    proportionality: text,
    alternatives: text,
    documents: kinds.map((kind) => ({ kind, reference: "Shelf 4", version: "2.0", review_by: NEXT_YEAR })),
    notice: { text, published_on: new Date().toISOString().slice(0, 10) },
  };
  const data = { name: "North gate", place: "Harbour Road", ends_at: new Date(start + 2 * HOUR_MS).toISOString(), target_fpir_one_in: 6_000, plan };
  const made = await commander.request.post("/v1/operations", { headers: { origin: product.url }, data });
  expect(made.status(), await made.text()).toBe(201);
  return ((await made.json()) as { id: string }).id;
}

/** Submitted, signed and seen to on site, so that it starts by itself. The operator's page is on a paired device. */
export async function started(id: string, product: Product, { commander, authoriser, operator }: Record<"commander" | "authoriser" | "operator", Page>): Promise<void> {
  const headers = { origin: product.url };
  const at = `/v1/deployments/${id}`;
  const submitted = await commander.request.post(`${at}/submission`, { headers });
  expect(submitted.status(), await submitted.text()).toBe(200);
  const { operation } = (await submitted.json()) as { operation: { content_sha256: string } };
  const signed = await authoriser.request.post(`${at}/authorisation`, { headers, data: { rank: "Superintendent", content_sha256: operation.content_sha256 } });
  expect(signed.status(), await signed.text()).toBe(200);
  const signs = await operator.screenshot({ type: "jpeg", clip: { x: 0, y: 0, width: 640, height: 480 } });
  const confirmed = await operator.request.put(`${at}/signs`, { headers: { ...headers, "content-type": "image/jpeg" }, data: signs });
  expect(confirmed.status(), await confirmed.text()).toBe(200);
  await expect(async () => {
    const { state } = (await (await commander.request.get(at)).json()) as { state: { kind: string } };
    expect(state.kind).toBe("live");
  }).toPass({ timeout: 30_000 });
}

/** A screen on a device that the administrator pairs, for somebody who signs in there. */
export async function onPairedDevice(of: Browser, admin: Page, product: Product, name: string): Promise<Page> {
  const pairing = await admin.request.post("/v1/pairing-codes", { headers: { origin: product.url }, data: { device_name: "Gate tablet 2" } });
  const { code } = (await pairing.json()) as { code: string };
  const { page } = await screen(of, product);
  await page.goto(`/pair.html#${code}`);
  await expect(page.getByTestId("paired")).toBeVisible();
  await page.getByTestId("sign-in-name").fill(name);
  await page.getByTestId("sign-in-password").fill(PASSWORD);
  await page.getByTestId("sign-in-submit").click();
  await page.waitForURL("**/officer.html");
  return page;
}

const COLUMNS = [
  "name", "nominal_id", "category", "response", "lawful_basis", "legal_status", "source_system", "reason", "reviewer",
  "image_source", "image_taken_on", "born_on", "possible_minor", "vulnerability", "sensitive_source", "photos",
] as const;
export type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/** Without a fault, but for its photographs. */
const WHOLE: Row = {
  category: "Deportation order",
  response: "amber",
  lawful_basis: "Immigration Act 1971",
  legal_status: "Deportation order, signed",
  source_system: "Case register",
  reason: "Known to pass here",
  reviewer: "Inspector Low",
  image_source: "Custody",
  image_taken_on: `${new Date().getFullYear() - 1}-05-01`,
  possible_minor: "no",
};

/** As a spreadsheet of a continental office writes it. */
export function csv(rows: readonly Row[]): Buffer {
  const quoted = (text: string) => (/[;"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map((row) => COLUMNS.map((column) => quoted(row[column] ?? WHOLE[column] ?? "")).join(";"));
  return Buffer.from(`\uFEFF${[COLUMNS.join(";"), ...lines].join("\r\n")}\r\n`);
}

export async function zip(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const [name, bytes] of Object.entries(files)) await writer.add(name, new Uint8ArrayReader(bytes));
  return Buffer.from(await writer.close());
}

/** Both files are chosen and each row is checked. */
export async function checkList(page: Page, id: string, rows: readonly Row[], photographs: Readonly<Record<string, Buffer>>): Promise<void> {
  await page.goto(`/control.html#/pilot/${id}/import`);
  await page.getByTestId("roster-csv").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: csv(rows) });
  await expect(page.getByTestId("roster-chosen-csv")).toBeVisible();
  await page.getByTestId("roster-zip").setInputFiles({ name: "photos.zip", mimeType: "application/zip", buffer: await zip(photographs) });
  await expect(page.getByTestId("roster-chosen-zip")).toBeVisible();
  await page.getByTestId("roster-check").click();
  await expect(page.getByTestId("roster-stage")).toHaveAttribute("data-stage", "checked");
}

/** A template is made of each photograph, and nothing is sent. */
export async function lookAtPhotographs(page: Page): Promise<void> {
  await page.getByTestId("roster-look").click();
  await expect(page.getByTestId("roster-progress")).toHaveCount(0, { timeout: 120_000 });
  await expect(page.getByTestId("roster-stage")).toHaveAttribute("data-stage", "checked");
}
