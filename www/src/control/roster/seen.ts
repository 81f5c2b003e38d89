import { rejectionText } from "../../lib/rejection";
import { checkPhoto } from "../../lib/image-dimensions";
import { strings } from "../../strings";
import type { PhotoResult } from "../../vision/protocol";
import type { Photo } from "./archive";
import type { Seen } from "./intake";

const words = strings.roster.photoProblems;

/** A photograph that can be given to the engine, or what is wrong with it. */
export async function opened(photo: Exclude<Photo, { kind: "gone" }>): Promise<Blob | Seen> {
  if (photo.kind !== "photo") return { kind: "unusable", text: words[photo.kind] };
  const checked = await checkPhoto(photo.blob);
  if (checked.kind === "not_a_photo") return { kind: "unusable", text: words.not_a_photo };
  if (checked.kind === "too_large") return { kind: "unusable", text: words.megapixels(checked.megapixels) };
  return photo.blob;
}

export async function seen(result: Exclude<PhotoResult, { kind: "no_seed" }>): Promise<Seen> {
  switch (result.kind) {
    case "encoded": {
      const { template, model, pipeline, transform, quality, compression, jpeg } = result;
      return { kind: "usable", shot: { template, model, pipeline, transform, quality, compression, picture: new Uint8Array(await jpeg.arrayBuffer()) } };
    }
    case "rejected":
      return result.reason === "several_faces" ? { kind: "several", faces: result.faces } : { kind: "unusable", text: rejectionText(result) };
    case "unreadable":
      return { kind: "unusable", text: words.unreadable };
  }
}
