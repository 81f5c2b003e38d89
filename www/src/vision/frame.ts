/**
 * Stage 1 of the pipeline: a camera frame becomes bytes the engine reads, without a copy on the page's thread.
 * I420 and NV12 are taken as they are (the engine converts); everything else becomes RGBA.
 */
export type Layout = "rgba" | "i420" | "nv12";
export type Pixels = { bytes: Uint8Array<ArrayBuffer>; layout: Layout; width: number; height: number };

/** Bytes of one tightly packed frame; chroma planes of odd sizes are rounded up. */
export function frameBytes(layout: Layout, width: number, height: number): number {
  if (layout === "rgba") return width * height * 4;
  return width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
}

/** Planes packed without padding, which is what the engine expects. */
export function planes(layout: Layout, width: number, height: number): PlaneLayout[] {
  const luma = width * height;
  const chromaWidth = Math.ceil(width / 2);
  const chroma = chromaWidth * Math.ceil(height / 2);
  switch (layout) {
    case "rgba":
      return [{ offset: 0, stride: width * 4 }];
    case "nv12":
      return [
        { offset: 0, stride: width },
        { offset: luma, stride: chromaWidth * 2 },
      ];
    case "i420":
      return [
        { offset: 0, stride: width },
        { offset: luma, stride: chromaWidth },
        { offset: luma + chroma, stride: chromaWidth },
      ];
  }
}

/** The layouts that copyTo gives without a conversion, which not every browser has. */
function packedLayout(format: VideoPixelFormat | null): Layout | undefined {
  switch (format) {
    case "I420":
      return "i420";
    case "NV12":
      return "nv12";
    case "RGBA":
    case "RGBX":
      return "rgba";
    default:
      return undefined;
  }
}

/** Reads frames into one buffer that is reused for as long as the camera's format stays the same. */
export class FrameReader {
  #buffer = new Uint8Array(0);
  #canvas: OffscreenCanvas | undefined;

  async read(frame: VideoFrame | ImageBitmap): Promise<Pixels> {
    if (!("copyTo" in frame)) return this.#draw(frame, frame.width, frame.height);
    const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };
    // copyTo ignores a phone's rotation flag, drawing honours it.
    const rotated = "rotation" in frame && (frame.rotation !== 0 || ("flip" in frame && frame.flip === true));
    if (rotated) return this.#draw(frame, frame.displayWidth, frame.displayHeight);
    const layout = packedLayout(frame.format);
    if (layout === undefined) return this.#draw(frame, frame.displayWidth, frame.displayHeight);
    const bytes = this.#bytes(frameBytes(layout, width, height));
    await frame.copyTo(bytes, { layout: planes(layout, width, height) });
    return { bytes, layout, width, height };
  }

  /** Overwrites the last frame. */
  wipe(): void {
    this.#buffer.fill(0);
    this.#canvas = undefined;
  }

  #bytes(length: number): Uint8Array<ArrayBuffer> {
    if (this.#buffer.length !== length) {
      this.#buffer.fill(0);
      this.#buffer = new Uint8Array(length);
    }
    return this.#buffer;
  }

  #draw(image: VideoFrame | ImageBitmap, width: number, height: number): Pixels {
    if (this.#canvas?.width !== width || this.#canvas.height !== height) this.#canvas = new OffscreenCanvas(width, height);
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) throw new Error("this browser can't draw outside the page");
    context.drawImage(image, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    return { bytes: new Uint8Array(data.buffer), layout: "rgba", width, height };
  }
}
