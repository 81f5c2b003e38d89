// A Chromium whose camera is a clip, with nothing of its own on the network.
import { join } from "node:path";
import { chromium } from "playwright-core";

function options(clip, more) {
  const args = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-video-capture=${join(process.env.VEDETTE_CLIPS, `${clip}.mjpeg`)}`,
    ...more,
  ];
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  const executablePath = process.env.VEDETTE_BROWSER;
  return { args, ...(executablePath ? { executablePath } : {}) };
}

export function launchWith(clip, more = []) {
  return chromium.launch(options(clip, more));
}

/** With a profile of its own in that folder, which keeps on disk what it caches. */
export function launchFresh(profile) {
  return chromium.launchPersistentContext(profile, options("empty", []));
}
