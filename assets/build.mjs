// Builds what the site serves, js/editor.js, js/completion.js and css/*.css, in the folder named as argument;
// « inspecting » after it builds what browser tests ask instead, which the site never has.
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const [folder, what = "site"] = process.argv.slice(2);
const common = { absWorkingDir: here, outdir: folder, bundle: true, charset: "utf8" };
const quiet = { legalComments: "none", logLevel: "warning" };

function script(entryPoints) {
  const target = ["chrome100", "firefox100", "safari15.4"];
  return build({ ...common, ...quiet, entryPoints, minify: true, format: "esm", target });
}

/** One file for each folder of css/: its index names its parts, in their order. Rules stay as they
    are written and where they stand: blanks and comments alone go away. */
function styles() {
  const names = readdirSync(join(here, "css"));
  const entryPoints = Object.fromEntries(
    names.map((name) => [`css/${name}`, join(here, "css", name, "index.css")]),
  );
  const banner = { css: "/* Made of assets/css/ by « make assets ». */" };
  return build({ ...common, ...quiet, entryPoints, banner, minifyWhitespace: true });
}

if (what === "inspecting") await script({ inspecting: join(here, "../tests/editor/inspecting.js") });
else {
  const entries = ["editor", "completion"].map((name) => [`js/${name}`, join(here, `${name}.js`)]);
  await Promise.all([script(Object.fromEntries(entries)), styles()]);
}
