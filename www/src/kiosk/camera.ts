/** A tall picture holds people of every height. A camera may deliver another. */
const TALL = { width: { ideal: 720 }, height: { ideal: 1_280 }, frameRate: { ideal: 30 } };

/** Nothing where there is no camera, or this page may not use it. It is on only while somebody is at the kiosk. */
export async function openCamera(): Promise<MediaStream | undefined> {
  const media: MediaDevices | undefined = navigator.mediaDevices;
  return media?.getUserMedia({ audio: false, video: { ...TALL, facingMode: { ideal: "user" } } }).catch(() => undefined);
}

export function closeCamera(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** Whether a camera could be opened, without opening it. */
export async function hasCamera(): Promise<boolean> {
  const media: MediaDevices | undefined = navigator.mediaDevices;
  const devices = (await media?.enumerateDevices().catch(() => [])) ?? [];
  if (!devices.some(({ kind }) => kind === "videoinput")) return false;
  // Not every browser knows this permission by name.
  const permission = await navigator.permissions?.query({ name: "camera" as PermissionName }).catch(() => undefined);
  return permission?.state !== "denied";
}
