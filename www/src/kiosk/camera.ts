import { noCamera, type NoCamera } from "../live/camera";

/** A tall picture holds people of every height. A camera may deliver another. */
const TALL = { width: { ideal: 720 }, height: { ideal: 1_280 }, frameRate: { ideal: 30 } };

/** The camera, or why it is not to be had. It is on only while somebody is at the kiosk. */
export async function openCamera(): Promise<MediaStream | NoCamera> {
  const media: MediaDevices | undefined = navigator.mediaDevices;
  if (media === undefined) return "insecure";
  return media.getUserMedia({ audio: false, video: { ...TALL, facingMode: { ideal: "user" } } }).catch(noCamera);
}

export function closeCamera(stream: MediaStream | NoCamera | undefined): void {
  if (typeof stream === "object") for (const track of stream.getTracks()) track.stop();
}

/** Why no camera could be opened, as far as that is known without opening it. */
export async function amiss(): Promise<NoCamera | undefined> {
  const media: MediaDevices | undefined = navigator.mediaDevices;
  if (media === undefined) return "insecure";
  const devices = await media.enumerateDevices().catch(() => []);
  if (!devices.some(({ kind }) => kind === "videoinput")) return "none";
  // Not every browser knows this permission by name.
  const permission = await navigator.permissions?.query({ name: "camera" as PermissionName }).catch(() => undefined);
  return permission?.state === "denied" ? "denied" : undefined;
}

/** Whether a camera that would not open does now: for a moment, while the lane is shut, and no picture of it is taken. */
export async function stillAmiss(): Promise<NoCamera | undefined> {
  const known = await amiss();
  if (known !== undefined) return known;
  const opened = await openCamera();
  closeCamera(opened);
  return typeof opened === "object" ? undefined : opened;
}
