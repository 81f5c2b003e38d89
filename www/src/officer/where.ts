import type { Alert } from "../api/types";
import { strings } from "../strings";

/** The device that saw the face: at a kiosk the person stands before it, and nobody of ours holds it. */
export function deviceName({ device, last_seen }: Pick<Alert, "device" | "last_seen">): string {
  return last_seen.at_kiosk && last_seen.device.id === device.id ? strings.kiosk.at(device.name) : device.name;
}
