// Where a paste lands: the table, the list, the caption, the link around it stay whole.
import { Fragment, Slice } from "@tiptap/pm/model";
import { cellAround } from "@tiptap/pm/tables";

import { landInCell } from "./landing_in_cell.js";
import { landList } from "./landing_list.js";
import { holdsTable, isOneLine, paste, wordsIn } from "./slices.js";

/** Whether the paste was put in its place here; `tell` says when that is not at the caret. */
export function land(view, slice, tell) {
  const { selection } = view.state;
  if (!slice.size) return false;
  if (inCaption(selection.$from)) return paste(view, new Slice(wordsIn(slice.content), 0, 0));
  if (cellAround(selection.$from) && holdsTable(slice)) return landInCell(view, slice, tell);
  const link = linkAround(selection);
  if (link && isOneLine(slice)) return paste(view, linked(slice, link));
  return landList(view, slice);
}

/** Whether dropping there would cut the table or the caption that holds the place. */
export function breaksPlace($pos, slice) {
  if (inCaption($pos)) return slice.size > 0 && !isOneLine(slice);
  return Boolean(cellAround($pos)) && holdsTable(slice);
}

const inCaption = ($pos) => $pos.parent.type.name === "caption";

function linkAround({ $from, $to }) {
  const marks = $from.pos === $to.pos ? $from.marks() : ($from.marksAcross($to) ?? []);
  return marks.find(({ type }) => type.name === "link");
}

/** What is pasted in the words of a link belongs to it. */
function linked({ content, openStart, openEnd }, link) {
  const dressed = (nodes) =>
    Fragment.from(nodes.content.map((node) => node.mark(link.addToSet(node.marks))));
  const line = content.firstChild;
  const all = line.isInline ? dressed(content) : Fragment.from(line.copy(dressed(line.content)));
  return new Slice(all, openStart, openEnd);
}
