/**
 * Why a camera is not to be had; each asks something else of a person. `denied`: the browser was told not to give it. `insecure`:
 * browsers give it to secure pages only. `none`: there is none. `busy`: another program has it.
 */
export type NoCamera = "denied" | "insecure" | "none" | "busy";

/** What a failed request for a camera means. */
export function noCamera(error: unknown): NoCamera {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  switch (name) {
    case "NotAllowedError":
      return "denied";
    case "SecurityError":
      return "insecure";
    case "NotFoundError":
    case "OverconstrainedError":
      return "none";
    default:
      return "busy";
  }
}
