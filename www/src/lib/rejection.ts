import { strings } from "../strings";
import type { PhotoResult } from "../vision/protocol";

/** Why a photo can't be a reference, and what to do. */
export function rejectionText(result: Extract<PhotoResult, { kind: "rejected" }>): string {
  return result.reason === "several_faces" ? strings.enrol.severalFaces(result.faces) : strings.enrol.reasons[result.reason];
}
