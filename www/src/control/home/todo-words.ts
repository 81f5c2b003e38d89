import type { Deployment, Role } from "../../api/types";
import { clockTime } from "../../lib/time";
import { strings } from "../../strings";
import type { Step } from "./todo";

/** So many devices are named. */
const NAMED = 3;

function ailing(devices: Deployment["waiting"]["ailing"]): string {
  const words = strings.since;
  const what = ({ alarm, last_contact: heard }: (typeof devices)[number]) => (alarm === "silent" && heard != null ? words.lastHeard(clockTime(heard)) : words.alarms[alarm]);
  const named = devices.slice(0, NAMED).map((device) => (device.kiosk ? words.kiosk : words.device)(device.name, what(device)));
  return devices.length > NAMED ? words.more(named.join(", "), devices.length - NAMED) : named.join(", ");
}

/** What is to be done, by name. */
export function said(step: Step, { name, waiting }: Deployment): string {
  const words = strings.home.steps;
  switch (step) {
    case "answer":
      return words.answer(name, waiting.alerts);
    case "confirm":
      return words.confirm(name, waiting.sights);
    case "write_up":
      return words.write_up(name, waiting.unwritten);
    case "devices":
      return strings.since.devices(words.devices(name, waiting.devices), ailing(waiting.ailing));
    default:
      return words[step](name);
  }
}

/** Whose it is. */
export function waitsFor(roles: readonly Role[]): string {
  const words = strings.home;
  return words.by(roles.map((role) => strings.people.roles[role].toLowerCase()).join(words.or));
}
