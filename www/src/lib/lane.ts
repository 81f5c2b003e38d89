import type { Session } from "../api/types";

/** A browser that stands as a kiosk has one page, and whoever wants another signs in on that one first (R126). Whether it goes there now. */
export function backToLane({ kiosk }: Pick<Session, "kiosk">): boolean {
  if (kiosk == null) return false;
  location.replace("/kiosk.html");
  return true;
}
