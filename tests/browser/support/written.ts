// What an officer's page keeps without a server, put where it lies: on a device where no such page is open any more.
import type { Page } from "@playwright/test";
import { randomUUID } from "node:crypto";

/** That nobody could be spoken to about that alert, written by that account a minute ago. */
export async function writtenOffline(page: Page, user: string, alert: string): Promise<void> {
  await page.evaluate(
    async ([id, who, about]) => {
      const now = Date.now();
      const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
      const one = { id, alert: about, at: now - 60_000, writing: { kind: "engagement", version: 1, body: { outcome: { kind: "not_engaged", reason: "not_safe" }, note: null } } };
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const bytes = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(id) }, key, new TextEncoder().encode(JSON.stringify(one)));
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open("vedette-outbox", 1);
        request.onupgradeneeded = () => {
          request.result.createObjectStore("keys");
          request.result.createObjectStore("sealed", { keyPath: "id" });
        };
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const transaction = database.transaction(["keys", "sealed"], "readwrite");
      transaction.objectStore("keys").put({ key, user: who, renewedAt: now }, "key");
      transaction.objectStore("sealed").put({ id, iv, bytes });
      await new Promise((resolve) => (transaction.oncomplete = resolve));
      database.close();
    },
    [randomUUID(), user, alert] as const,
  );
}
