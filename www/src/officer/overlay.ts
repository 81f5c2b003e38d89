import type { Face } from "../vision/wasm/vedette.js";
import { strings } from "../strings";

/** Blocks across a hidden face. Fewer than ten can't be recognised. */
const BLOCKS = 7;
/** The patch reaches this far beyond the detector's box, in parts of its size, to cover the head of someone walking. */
const MARGIN = 0.35;

let mosaic: HTMLCanvasElement | undefined;

/**
 * Draws over the live picture: every face is hidden behind blocks, since nobody needs to see who did not match, and a
 * box says what is being done with it, while anything is (`comparing`). Outside the zone nothing is. Line styles differ as well as colours.
 */
export function drawFaces(canvas: HTMLCanvasElement, video: HTMLVideoElement, faces: Face[], width: number, height: number, comparing: boolean): void {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.clearRect(0, 0, width, height);
  if (faces.length === 0 || video.videoWidth === 0) return;
  mosaic ??= document.createElement("canvas");
  mosaic.width = BLOCKS;
  mosaic.height = BLOCKS;
  const small = mosaic.getContext("2d");
  const scaleX = video.videoWidth / width;
  const scaleY = video.videoHeight / height;
  for (const { box } of faces) {
    const x = Math.max(0, box.x - box.width * MARGIN);
    const y = Math.max(0, box.y - box.height * MARGIN);
    const w = Math.min(width - x, box.width * (1 + 2 * MARGIN));
    const h = Math.min(height - y, box.height * (1 + 2 * MARGIN));
    if (small === null || w <= 0 || h <= 0) continue;
    small.drawImage(video, x * scaleX, y * scaleY, w * scaleX, h * scaleY, 0, 0, BLOCKS, BLOCKS);
    context.imageSmoothingEnabled = false;
    context.drawImage(mosaic, x, y, w, h);
  }
  if (!comparing) return;
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
