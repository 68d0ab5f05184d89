// Builds the one script of the site, editor.js, in the folder named as argument; « inspecting » after
// it builds what browser tests ask instead, which the site never has.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const [folder, what = "site"] = process.argv.slice(2);
const entries = {
  site: { editor: join(here, "editor.js") },
  inspecting: { inspecting: join(here, "../tests/editor/inspecting.js") },
};

await build({
  absWorkingDir: here,
  entryPoints: entries[what],
  outdir: folder,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome100", "firefox100", "safari15.4"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});
