// What tests ask of a body without an editor on the screen: browser tests have it as a bundle of its own.
import { getSchema } from "@tiptap/core";
import { DOMParser } from "@tiptap/pm/model";
import { EditorState } from "@tiptap/pm/state";

import { linkedFragment } from "../../assets/body/autolinks.js";
import { tidying } from "../../assets/body/behaviour.js";
import { extensions } from "../../assets/body/extensions.js";
import { Keeper } from "../../assets/body/keeping.js";
import { cleanPaste } from "../../assets/body/paste.js";
import { completing } from "../../assets/body/short_rows.js";

const schema = () => getSchema(extensions());

/** The body opened and saved, and the body written anew from its document alone. */
export function inspect(html) {
  const keeper = new Keeper(schema(), html);
  const anew = new Keeper(keeper.schema, "").write(keeper.doc);
  return { kept: keeper.write(keeper.doc), canonical: anew };
}

/** The body saved with `sign` put before the words of each of its blocks, one at a time. */
export function touched(html, sign) {
  const keeper = new Keeper(schema(), html);
  return places(keeper.doc).map((pos) => {
    const state = EditorState.create({ doc: keeper.doc });
    return keeper.write(state.tr.insertText(sign, pos + 1).doc);
  });
}

function places(doc) {
  const found = [];
  doc.descendants((node, pos) => void (node.isTextblock && found.push(pos)));
  return found;
}

/** The body saved after a cut from the middle of each block to that of the next: twice the
    same, as written and as read again. */
export function cut(html) {
  const keeper = new Keeper(schema(), html);
  const middles = places(keeper.doc).map(
    (pos) => pos + 1 + Math.floor(keeper.doc.nodeAt(pos).content.size / 2),
  );
  return middles.slice(1).map((end, rank) => {
    const state = EditorState.create({ doc: keeper.doc, plugins: [tidying(), completing()] });
    const { doc } = state.apply(state.tr.delete(middles[rank], end));
    const read = new Keeper(keeper.schema, keeper.write(doc)).doc;
    return [doc, read].map((one) => new Keeper(keeper.schema, "").write(one));
  });
}

/** What a paste of this HTML would store. */
export function pasted(html) {
  const own = schema();
  const holder = document.createElement("template");
  holder.innerHTML = cleanPaste(html).html;
  const doc = DOMParser.fromSchema(own).parse(holder.content);
  return new Keeper(own, "").write(doc);
}

/** The body with the addresses of its words made links, as a paste of it would be. */
export function linked(html) {
  const { schema: own, doc } = new Keeper(schema(), html);
  return new Keeper(own, "").write(doc.copy(linkedFragment(doc.content, own)));
}
