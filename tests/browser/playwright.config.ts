import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  // One product, one camera clip and one browser at a time: the machine is small and the engine uses what there is.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  outputDir: "results/artifacts",
  reporter: [["list"], ["json"]],
});
