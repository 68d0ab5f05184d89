// An address pasted over words makes them a link: they are not replaced.
import { TextSelection } from "@tiptap/pm/state";

import { addressOf } from "./addresses.js";
import { ownPath } from "./own.js";
import { dispatch } from "./slices.js";

/** Whether the paste was an address alone, and the selected words now lead there. */
export function linkWords(view, slice) {
  const { state } = view;
  const address = addressOf(wordsOf(slice.content).trim());
  const range = address && wordsIn(state);
  if (!range) return false;
  const { link } = state.schema.marks;
  const href = ownPath(address);
  const tr = state.tr.removeMark(range.from, range.to, link);
  tr.addMark(range.from, range.to, link.create({ href }));
  return dispatch(view, tr.setSelection(TextSelection.create(tr.doc, range.to)).removeStoredMark(link));
}

const wordsOf = (content) => content.textBetween(0, content.size, "\n", "\ufffc");

/** Where the selected words of one line stand; null when there is none, or an address to replace. */
function wordsIn({ doc, selection }) {
  if (!(selection instanceof TextSelection) || !selection.$from.parent.inlineContent) return null;
  const { from, $from, to } = selection;
  const end = Math.min(to, $from.end());
  const text = doc.textBetween(from, end, "\n", "\ufffc");
  const words = text.trim();
  if (!words || words !== doc.textBetween(from, to, "\n", "\ufffc").trim() || addressOf(words)) return null;
  const begin = from + text.indexOf(words);
  return { from: begin, to: begin + words.length };
}
