// The product under test: the built binary on free ports with a data folder of its own.
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../../..");
export const FIXTURES = join(ROOT, "tests/fixtures");
export const GOLDEN = join(ROOT, "tests/golden");
export const MODELS = join(ROOT, "models");
export const WASM = join(ROOT, "www/src/vision/wasm");

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; run these tests with cargo xtask test browser`);
  return value;
}

export const clip = (name: string) => join(required("VEDETTE_CLIPS"), `${name}.mjpeg`);

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

/** A run that is broken off leaves no server behind. */
const running = new Set<ChildProcess>();
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));

export class Product {
  readonly data = mkdtempSync(join(tmpdir(), "vedette-"));
  output = "";
  #child: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    readonly settings: readonly string[],
  ) {}

  /** Starts with these settings of `vedette serve`, beside its own address and data folder. */
  static async start(settings: readonly string[] = ["--no-tls"]): Promise<Product> {
    const models = settings.includes("--models") ? [] : ["--models", MODELS];
    const product = new Product(await freePort(), [...models, ...settings]);
    await product.run();
    return product;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  get setUpCode(): string {
    const code = /#setup=(\S+)/.exec(this.output)?.[1];
    if (code === undefined) throw new Error(`no set-up link was printed:\n${this.output}`);
    return code;
  }

  async run(): Promise<void> {
    const own = ["serve", "--http", `127.0.0.1:${this.port}`, "--data", this.data];
    const child = spawn(required("VEDETTE_BIN"), [...own, ...this.settings], { stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    running.add(child);
    child.once("exit", () => running.delete(child));
    child.stdout.on("data", (bytes: Buffer) => (this.output += bytes.toString()));
    child.stderr.on("data", (bytes: Buffer) => (this.output += bytes.toString()));
    const deadline = Date.now() + 20_000;
    while (!(await fetch(`http://127.0.0.1:${this.port}/v1/health`).then((r) => r.ok, () => false))) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the server did not start:\n${this.output}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  async halt(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    await gone;
  }

  async remove(): Promise<void> {
    await this.halt();
    rmSync(this.data, { recursive: true, force: true });
  }

  /** Everything the server has written: the files of its data folder by name, and its output. */
  traces(): Map<string, Buffer> {
    const traces = new Map<string, Buffer>([["output", Buffer.from(this.output)]]);
    const walk = (folder: string) => {
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        const path = join(folder, name);
        if (statSync(path).isDirectory()) walk(path);
        else traces.set(path.slice(this.data.length + 1), readFileSync(path));
      }
    };
    walk(this.data);
    return traces;
  }
}
