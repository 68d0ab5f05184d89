import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

const pm = createRequire(createRequire(import.meta.url).resolve("@tiptap/pm/view"));
const source = readFileSync(pm.resolve("prosemirror-view"), "utf8");

test("a view has the observer that reads what the browser typed", () => {
  assert.match(source, /this\.domObserver = new DOMObserver\(this,/);
  assert.match(source, /var DOMObserver = [\s\S]*?key: "flush",/);
});
