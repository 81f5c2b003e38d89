/** A sign-out is the whole browser's: its officers' screens hear of it at once, so that they can say why they stopped. Its other pages hear of it from the server. */
const channel = globalThis.document === undefined ? undefined : new BroadcastChannel("vedette-signed-out");

export function tellSignedOut(): void {
  channel?.postMessage(null);
}

/** Hears of it on other pages, never on the one that told. */
export function onSignedOut(heard: () => void): () => void {
  channel?.addEventListener("message", heard);
  return () => channel?.removeEventListener("message", heard);
}
