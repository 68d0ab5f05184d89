// Documents of the editor without an editor: stored HTML in, stored HTML out.
import "./dom.mjs";

const { getSchema } = await import("@tiptap/core");
const { extensions } = await import("../../assets/body/extensions.js");
const { Keeper } = await import("../../assets/body/keeping.js");

export const schema = getSchema(extensions());
export const opened = (html) => new Keeper(schema, html);

/** A document written without anything of its source. */
export const writtenAnew = (doc) => new Keeper(schema, "").write(doc);
export const withoutLines = (html) => html.replace(/>[ \t\n]+</g, "><").trim();

/** Where the text blocks of a document stand. */
export function textblocks(doc) {
  const found = [];
  doc.descendants((node, pos) => {
    if (node.isTextblock) found.push(pos);
  });
  return found;
}
