// The line between tablets and their server: it can be cut, and what passes can be changed on its way.
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Product } from "./product";

export type Change = (path: string, body: Buffer) => Buffer | Promise<Buffer>;

export class Line {
  #cut = false;
  #change: Change | undefined;
  readonly #sockets = new Set<Socket>();
  /** Paths that were asked for, and how many bytes of bodies went to tablets. */
  readonly asked: string[] = [];
  bytes = 0;

  private constructor(
    private readonly server: Server,
    private readonly product: Product,
  ) {}

  static async to(product: Product): Promise<Line> {
    const server = createServer();
    const line = new Line(server, product);
    server.on("request", (from: IncomingMessage, to: ServerResponse) => line.#pass(from, to));
    server.on("connection", (socket: Socket) => {
      line.#sockets.add(socket);
      socket.once("close", () => line.#sockets.delete(socket));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return line;
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** Nothing gets through, and what was on its way is lost. */
  cut(): void {
    this.#cut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#cut = false;
  }

  /** Bodies of files change on their way from now on; with nothing, no more. */
  change(change: Change | undefined): void {
    this.#change = change;
  }

  async remove(): Promise<void> {
    this.cut();
    await new Promise((done) => this.server.close(done));
  }

  #pass(from: IncomingMessage, to: ServerResponse): void {
    if (this.#cut) {
      from.socket.destroy();
      return;
    }
    const path = from.url ?? "/";
    this.asked.push(path);
    const headers = { ...from.headers };
    const change = this.#change;
    if (change !== undefined) {
      delete headers["accept-encoding"];
      delete headers["if-none-match"];
    }
    const asked = request({ host: "127.0.0.1", port: this.product.port, path, method: from.method, headers }, (reply) => {
      reply.on("data", (part: Buffer) => (this.bytes += part.length));
      if (change === undefined || path.startsWith("/v1/")) {
        to.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(to);
        return;
      }
      const parts: Buffer[] = [];
      reply.on("data", (part: Buffer) => parts.push(part));
      reply.on("end", async () => {
        const body = await change(path, Buffer.concat(parts));
        const { "content-length": _, "transfer-encoding": __, ...kept } = reply.headers;
        to.writeHead(reply.statusCode ?? 502, { ...kept, "content-length": body.length });
        to.end(body);
      });
    });
    asked.on("error", () => to.destroy());
    from.pipe(asked);
  }
}
