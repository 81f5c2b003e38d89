import type { Face } from "../vision/wasm/vedette.js";
import { strings } from "../strings";

type Frame = { width: number; height: number };

/** Draws a picture in which every face is hidden already, and over it boxes that say what is done with each. */
export function draw(canvas: HTMLCanvasElement, picture: ImageBitmap, faces: Face[], frame: Frame, comparing: boolean): void {
  if (canvas.width !== picture.width || canvas.height !== picture.height) {
    canvas.width = picture.width;
    canvas.height = picture.height;
  }
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(picture, 0, 0);
  if (!comparing) return;
  const scale = picture.width / frame.width;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  drawBoxes(context, faces, frame);
}

/** Nothing of the last picture stays. */
export function wipe(canvas: HTMLCanvasElement): void {
  canvas.width = 1;
  canvas.height = 1;
}

/** Line styles differ as well as colours. Outside the zone nothing is done with a face, and there is no box. */
function drawBoxes(context: CanvasRenderingContext2D, faces: Face[], { width, height }: Frame): void {
  const unit = Math.max(width, height) / 400;
  context.font = `700 ${Math.round(unit * 11)}px system-ui, sans-serif`;
  for (const face of faces) {
    if (face.state === "outside") continue;
    const { x, y, width: w, height: h } = face.box;
    const [colour, dash, weight] = LINES[face.state];
    // A dark line under the coloured one keeps it visible on any background.
    context.setLineDash(dash.map((length) => length * unit));
    context.strokeStyle = "#0b0c0c";
    context.lineWidth = unit * (weight + 1.5);
    context.strokeRect(x, y, w, h);
    context.strokeStyle = colour;
    context.lineWidth = unit * weight;
    context.strokeRect(x, y, w, h);
    if (face.state === "not_assessable" && face.reason !== undefined) {
      const text = strings.officer.boxReasons[face.reason];
      const textWidth = context.measureText(text).width;
      const left = Math.min(Math.max(0, x), Math.max(0, width - textWidth - unit * 6));
      const top = y + h + unit * 16 <= height ? y + h + unit * 2 : Math.max(0, y - unit * 16);
      context.fillStyle = "#0b0c0c";
      context.fillRect(left, top, textWidth + unit * 6, unit * 14);
      context.fillStyle = "#fff";
      context.fillText(text, left + unit * 3, top + unit * 11);
    }
  }
  context.setLineDash([]);
}

const LINES: Record<Exclude<Face["state"], "outside">, [colour: string, dash: number[], weight: number]> = {
  assessing: ["#ffffff", [], 2],
  sent: ["#ffdd00", [], 3.5],
  not_assessable: ["#ffffff", [3, 3], 1.5],
};
