/**
 * What an officer writes on this device lies in the browser, whichever of the product's pages is open: a sign-out on any of them
 * leaves nothing of it (R75).
 */
import type { Drafted } from "./drafts";
import { send, untaken, type Kept, type Untaken } from "./outbox";
import { Safe } from "./safe";
import { shelf } from "./shelf";

const DRAFTS = "vedette-drafts";
const OUTBOX = "vedette-outbox";

export const draftsSafe = () => new Safe<Drafted>(shelf(DRAFTS), Date.now);
export const outboxSafe = () => new Safe<Kept>(shelf(OUTBOX), Date.now);

/**
 * Sends what this person wrote without a server, before they sign out where no officer's page does it, and returns what is not
 * known to be taken, oldest first. It stays where it is: what the server has taken it takes once, and the sign-out, if there is one, destroys it all.
 */
export async function deliverWritten(user: string): Promise<Untaken[]> {
  const kept = await outboxSafe().open(user).catch(() => []);
  const left: Untaken[] = [];
  for (const one of kept) {
    const result = await send(one, true);
    if (!result.ok) left.push(untaken(one, result.problem));
  }
  return left;
}

/** Its keys go too. */
export async function forgetWritten(): Promise<void> {
  await Promise.allSettled([draftsSafe().forget(), outboxSafe().forget()]);
}
