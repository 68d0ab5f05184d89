// Pieces of text on their way in: what they hold, and putting them in the place of the selection.
import { Fragment } from "@tiptap/pm/model";

/** Put a slice in the place of the selection, as a paste. */
export function paste(view, slice) {
  return dispatch(view, view.state.tr.replaceSelection(slice));
}

export function dispatch(view, tr) {
  view.dispatch(tr.scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"));
  return true;
}

/** Words of one paragraph, or of less. */
export function isOneLine({ content }) {
  const { childCount, firstChild } = content;
  return Boolean(firstChild?.isInline) || (childCount === 1 && firstChild.isTextblock);
}

export function holdsTable({ content }) {
  let found = false;
  content.descendants((node) => {
    found ||= node.type.name === "tableFigure";
  });
  return found;
}

/** All the words, as those of one line. */
export function wordsIn(content) {
  if (content.firstChild?.isInline) return content;
  let words = Fragment.empty;
  content.descendants((node) => {
    if (node.isTextblock && node.content.size) words = joined(words, node.content, " ");
    return !node.isTextblock;
  });
  return words;
}

export function joined(before, after, sign) {
  if (!before.size) return after;
  return before.append(Fragment.from(after.firstChild.type.schema.text(sign))).append(after);
}
