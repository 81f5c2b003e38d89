// The product as a bench needs it: the built binary on a free port, and a pilot with one person on its list.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const PASSWORD = "correct horse battery";

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Where it listens, the first administrator's code, and how to end it. */
export async function start() {
  const data = mkdtempSync(join(tmpdir(), "vedette-bench-"));
  const port = await freePort();
  const child = spawn(process.env.VEDETTE_BIN, ["serve", "--no-tls", "--http", `127.0.0.1:${port}`, "--data", data], { cwd: ROOT, stdio: ["ignore", "pipe", "ignore"] });
  const code = await new Promise((done, fail) => {
    let output = "";
    child.stdout.on("data", (bytes) => {
      output += bytes;
      const found = /#setup=(\S+)/.exec(output);
      if (found) done(found[1]);
    });
    child.once("exit", () => fail(new Error("the server did not start")));
  });
  const stop = async () => {
    const gone = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    await gone;
    rmSync(data, { recursive: true, force: true });
  };
  return { url: `http://localhost:${port}`, code, stop };
}

/** The administrator is there, and her pilot is live; her page is the officer's, ready for its camera. */
export async function livePilot(page, code) {
  await page.goto(`/control.html#setup=${code}`);
  await page.getByTestId("setup-name").fill("Bench");
  await page.getByTestId("setup-password").fill(PASSWORD);
  await page.getByTestId("setup-submit").click();
  await page.getByTestId("pilot-name").fill("Bench");
  await page.getByTestId("pilot-place").fill("Loopback");
  await page.getByTestId("pilot-submit").click();
  await page.getByTestId("enrol-name").fill("Volunteer");
  await page.getByTestId("enrol-file").setInputFiles(join(ROOT, "tests/fixtures/obama.jpg"));
  await page.getByTestId("enrol-add").click({ timeout: 120_000 });
  await page.getByTestId("entry-row").waitFor();
  await page.getByTestId("pilot-go-live").click();
  await page.waitForURL("**/officer.html");
}
