import { defineConfig } from "vitest/config";
import { compress } from "./scripts/compressed.ts";
import { engineHash, shell, WORKER } from "./scripts/shell.ts";

// The server that the development pages talk to; `vedette serve` listens here unless told otherwise.
const server = "http://127.0.0.1:8080";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [shell(), compress()],
  define: { __ENGINE_SHA256__: JSON.stringify(engineHash()) },
  build: {
    target: "es2022",
    // The server's content security policy refuses data: scripts and styles, so no asset may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ["control.html", "kiosk.html", "missing.html", "officer.html", "pair.html", "papers.html", "trust.html", `src/sw/${WORKER}.ts`],
      // A service worker's address must stay the same, and its folder is what it serves.
      output: { entryFileNames: ({ name }) => (name === WORKER ? "[name].js" : "assets/[name]-[hash].js") },
    },
  },
  worker: { format: "es" },
  server: {
    // The server checks that Origin is its own, so the proxy speaks as the server's own page would.
    proxy: {
      "/v1": { target: server, changeOrigin: true, headers: { origin: server } },
      "/models": { target: server, changeOrigin: true },
    },
  },
  test: { include: ["src/**/*.test.ts"] },
});
