// A document without a browser, for what reads HTML. It does not mend what is badly nested as
// browsers do: bodies of that kind are for the tests in a browser.
import { webcrypto } from "node:crypto";

import { parseHTML } from "linkedom";

const { document, window } = parseHTML("<!doctype html><html><body></body></html>");
Object.assign(globalThis, { document, window, Node: window.Node });
globalThis.crypto ??= webcrypto; // Node 18 has it under this name only
globalThis.navigator ??= { userAgent: "", platform: "", vendor: "" };
