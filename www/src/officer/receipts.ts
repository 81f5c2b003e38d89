/** What was answered about a receipt: it is kept, it makes no sense any more, or nobody answered. */
export type Answer = "kept" | "gone" | "lost";
export type ReceiptKind = "received" | "opened";

const AGAIN_MS = 1_500;

/** Tells the server what came up on this screen, and what was opened on it; again and again until it has heard. */
export class Receipts {
  #told = new Set<string>();
  #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(private readonly send: (alert: string, kind: ReceiptKind) => Promise<Answer>) {}

  /** These alerts came up here. Each is told once, however often it is named. */
  received(alerts: string[]): void {
    for (const alert of alerts) {
      if (this.#told.has(alert)) continue;
      this.#told.add(alert);
      void this.#until(alert, "received");
    }
  }

  /** Resolves once the server knows that a person has opened the alert here, or the alert is gone. */
  async opened(alert: string): Promise<void> {
    await this.#until(alert, "opened");
  }

  /** Nothing more is told: whoever looked has left. */
  forget(): void {
    this.#told.clear();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  async #until(alert: string, kind: ReceiptKind): Promise<void> {
    while ((await this.send(alert, kind)) === "lost") {
      await new Promise<void>((done) => {
        const timer = setTimeout(() => {
          this.#timers.delete(timer);
          done();
        }, AGAIN_MS);
        this.#timers.add(timer);
      });
    }
  }
}
