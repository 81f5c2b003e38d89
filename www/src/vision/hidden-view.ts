import type { Face } from "./wasm/vedette.js";
import { Veil, type Hidden, type Size } from "./veil";

/** The longer side of a picture for the screen, pixels. */
const SIDE = 960;
/** As often as the eye needs to aim a camera; more would only warm the tablet. */
const EVERY_MS = 60;

type Canvas = { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D };

function made(): Canvas {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser can't draw outside the page");
  return { canvas, context };
}

function sized({ canvas }: Canvas, { width, height }: Size): void {
  if (canvas.width === width && canvas.height === height) return;
  canvas.width = width;
  canvas.height = height;
}

/**
 * The camera's picture for a screen, with every face hidden. It is drawn here, from frames that the engine has looked at:
 * the page never has a picture with a face in it, however late it draws.
 */
export class HiddenView {
  #on = false;
  #spare: Canvas[] = [];
  #taken: Canvas | undefined;
  #takenAt = Number.NEGATIVE_INFINITY;
  #screen: Canvas | undefined;
  #blocks: Canvas | undefined;
  readonly #veil = new Veil<Canvas>((canvas) => this.#release(canvas));

  /** Whether anybody looks. */
  show(on: boolean): void {
    this.#on = on;
    if (!on) this.wipe();
  }

  /** Keeps a copy of a frame that is about to be looked at. */
  take(frame: VideoFrame | ImageBitmap, size: Size, at: number): void {
    if (!this.#on || at - this.#takenAt < EVERY_MS) return;
    this.#takenAt = at;
    const scale = Math.min(1, SIDE / Math.max(size.width, size.height));
    const taken = this.#taken ?? this.#spare.pop() ?? made();
    sized(taken, { width: Math.round(size.width * scale), height: Math.round(size.height * scale) });
    taken.context.drawImage(frame, 0, 0, taken.canvas.width, taken.canvas.height);
    this.#taken = taken;
  }

  /** That frame was looked at, and these faces are in it. Returns the picture that may be shown now, with the faces that were in it. */
  looked(at: number, faces: Face[], frame: Size): { picture: ImageBitmap; faces: Face[] } | undefined {
    const taken = this.#taken;
    this.#taken = undefined;
    const shown = this.#veil.looked({ at, faces }, taken, frame);
    if (shown === undefined) return undefined;
    const picture = this.#drawn(shown.picture, shown.hidden, frame);
    this.#release(shown.picture);
    return { picture, faces: shown.faces };
  }

  /** Overwrites all that is held. */
  wipe(): void {
    this.#veil.clear();
    if (this.#taken !== undefined) this.#release(this.#taken);
    this.#taken = undefined;
    this.#takenAt = Number.NEGATIVE_INFINITY;
    this.#spare = [];
    this.#screen = undefined;
    this.#blocks = undefined;
  }

  #release(canvas: Canvas): void {
    canvas.context.clearRect(0, 0, canvas.canvas.width, canvas.canvas.height);
    this.#spare.push(canvas);
  }

  #drawn({ canvas: source }: Canvas, hidden: Hidden[], frame: Size): ImageBitmap {
    const screen = (this.#screen ??= made());
    const blocks = (this.#blocks ??= made());
    sized(screen, source);
    screen.context.imageSmoothingEnabled = true;
    screen.context.drawImage(source, 0, 0);
    const scale = source.width / frame.width;
    for (const { area, block } of hidden) {
      const [x, y, width, height] = [area.x * scale, area.y * scale, area.width * scale, area.height * scale];
      sized(blocks, { width: Math.max(1, Math.round(area.width / block)), height: Math.max(1, Math.round(area.height / block)) });
      blocks.context.drawImage(source, x, y, width, height, 0, 0, blocks.canvas.width, blocks.canvas.height);
      screen.context.imageSmoothingEnabled = false;
      screen.context.drawImage(blocks.canvas, x, y, width, height);
    }
    return screen.canvas.transferToImageBitmap();
  }
}
