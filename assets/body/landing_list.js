// A list that is pasted stays a list: its first item is never glued to the words before it.
import { Fragment, Slice } from "@tiptap/pm/model";
import { Selection } from "@tiptap/pm/state";

import { dispatch, paste } from "./slices.js";

const isList = (node) => Boolean(node?.type.isInGroup("list"));

export function landList(view, { content }) {
  if (!isList(content.firstChild) || isWords(content.firstChild)) return false;
  const tr = view.state.tr.deleteSelection();
  const { $from } = tr.selection;
  const depth = itemDepth($from);
  if (depth && content.content.every(isList)) return landInItem(view, tr, content, depth);
  return $from.parent.content.size > 0 && paste(view, new Slice(content, 0, 0));
}

/** One item without a box: as often as not, words that somebody copied from a list. */
function isWords(list) {
  return list.childCount < 2 && list.type.name !== "checkList";
}

function itemDepth($from) {
  let { depth } = $from;
  while (depth && $from.node(depth).type.name !== "listItem") depth -= 1;
  return depth;
}

/** Bullets say nothing that a list of boxes would lose. */
function goesIn({ type }, list) {
  return type === list.type || (type.name === "bulletList" && list.type.name === "checkList");
}

/** Items of the same kind go beside the item at the caret, lists of another kind inside it. */
function landInItem(view, tr, content, depth) {
  const { $from } = tr.selection;
  const [item, list] = [$from.node(depth), $from.node(depth - 1)];
  const same = content.content.every((node) => goesIn(node, list));
  const place = same ? $from.after(depth) : $from.after(depth) - 1;
  const items = content.content.flatMap((node) => node.content.content);
  const pasted = same ? Fragment.from(items) : content;
  tr.insert(place, pasted);
  tr.setSelection(Selection.near(tr.doc.resolve(place + pasted.size), -1));
  if (same && item.content.size <= 2) tr.delete($from.before(depth), $from.after(depth));
  return dispatch(view, tr);
}
