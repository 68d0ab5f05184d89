// What is copied from the editor, signed so that it comes back as it went.
import { DOMSerializer } from "@tiptap/pm/model";

import { OWN_SLICE } from "./paste.js";

/** For the clipboard: pieces of other editors have no such sign, and are cleaned. */
export const signedSerializer = {
  serializeFragment(fragment, options) {
    const { schema } = fragment.firstChild.type;
    const dom = DOMSerializer.fromSchema(schema).serializeFragment(fragment, options);
    dom.firstElementChild?.setAttribute(OWN_SLICE, "");
    return dom;
  },
};
