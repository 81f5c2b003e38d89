/**
 * Reads a photo's size from its first bytes, so that a huge one is refused before anything decodes it: a few kilobytes
 * of PNG can ask for gigabytes of memory.
 */
export type Dimensions = { width: number; height: number };

/** How much of a file is enough: a JPEG's size follows its Exif block, which may hold a preview. */
export const HEADER_BYTES = 512 * 1024;

/** Pixels a photo may have. Above this a small tablet runs out of memory while it decodes. */
export const MOST_PIXELS = 40_000_000;

export function imageDimensions(bytes: Uint8Array): Dimensions | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return jpeg(view) ?? png(view) ?? webp(view) ?? gif(view) ?? bmp(view) ?? isoMedia(view);
  } catch (error) {
    // The header was cut short.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function ascii(view: DataView, at: number, length: number): string {
  if (at + length > view.byteLength) return "";
  let text = "";
  for (let i = 0; i < length; i++) text += String.fromCharCode(view.getUint8(at + i));
  return text;
}

function jpeg(view: DataView): Dimensions | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    // Any number of fill bytes may precede a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // Start of frame, all kinds; C4, C8 and CC in the same range mean other things.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += standsAlone ? 2 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function png(view: DataView): Dimensions | undefined {
  if (view.byteLength < 24 || view.getUint32(0) !== 0x89504e47 || ascii(view, 12, 4) !== "IHDR") return undefined;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function webp(view: DataView): Dimensions | undefined {
  if (ascii(view, 0, 4) !== "RIFF" || ascii(view, 8, 4) !== "WEBP") return undefined;
  switch (ascii(view, 12, 4)) {
    case "VP8 ":
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "VP8X": {
      const three = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
      return { width: three(24) + 1, height: three(27) + 1 };
    }
    default:
      return undefined;
  }
}

function gif(view: DataView): Dimensions | undefined {
  if (!ascii(view, 0, 6).startsWith("GIF8")) return undefined;
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

function bmp(view: DataView): Dimensions | undefined {
  if (ascii(view, 0, 2) !== "BM" || view.byteLength < 26) return undefined;
  // A negative height means that rows run from the top.
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}

/** AVIF and HEIC: the largest "ispe" box (image spatial extents), since previews and tiles have one each. */
function isoMedia(view: DataView): Dimensions | undefined {
  if (ascii(view, 4, 4) !== "ftyp") return undefined;
  let largest: Dimensions | undefined;
  for (let at = 8; at + 16 <= view.byteLength; at++) {
    if (view.getUint8(at) !== 0x69 || ascii(view, at, 4) !== "ispe") continue;
    const found = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (largest === undefined || found.width * found.height > largest.width * largest.height) largest = found;
  }
  return largest;
}

export type PhotoFile = { kind: "usable" } | { kind: "too_large"; megapixels: number } | { kind: "not_a_photo" };

/** Says whether a file may be decoded. */
export async function checkPhoto(file: Blob): Promise<PhotoFile> {
  const header = new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer());
  const found = imageDimensions(header);
  if (found === undefined || found.width === 0 || found.height === 0) return { kind: "not_a_photo" };
  const pixels = found.width * found.height;
  return pixels > MOST_PIXELS ? { kind: "too_large", megapixels: Math.round(pixels / 1e6) } : { kind: "usable" };
}
