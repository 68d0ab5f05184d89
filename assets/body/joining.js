// Two lines made one: Delete at the end of the first, Backspace at the beginning of the second.
// One press does it, wherever the two stand; what was under the second line keeps its level.
import { Selection, TextSelection } from "@tiptap/pm/state";
import { canJoin } from "@tiptap/pm/transform";

/** Whether the caret is at that end of its line. */
function atEdge({ selection: { empty, $from } }, side) {
  const edge = side > 0 ? $from.parent.content.size : 0;
  return empty && $from.parent.isTextblock && $from.parentOffset === edge;
}

const pressed = (side) => (editor) => {
  const { state, view } = editor;
  if (!atEdge(state, side)) return false;
  const { $from } = state.selection;
  const $near = neighbour($from, side);
  if ($near && roomOf($near) !== roomOf($from)) return atWall(view, $from, $near);
  const lines = side > 0 ? [$from, $near] : [$near, $from];
  const tr = $near ? joined(state, ...lines) : withoutRule(state, $from, side);
  if (tr) view.dispatch(tr.scrollIntoView());
  return tr !== null;
};

export const joinNext = pressed(1);
export const joinPrevious = pressed(-1);

/** The nearest line on that side, when nothing but the edges of blocks stands between. */
function neighbour($from, side) {
  const edge = side > 0 ? $from.after() : $from.before();
  const $near = Selection.findFrom($from.doc.resolve(edge), side, true)?.$head;
  if (!$near) return null;
  const [start, end] = side > 0 ? [edge, $near.before()] : [$near.after(), edge];
  let alone = true;
  $from.doc.nodesBetween(start, end, (node, pos) => {
    if (node.isLeaf && pos >= start) alone = false;
  });
  return alone ? $near : null;
}

/** Beside a table nothing is lost by one key: only a blank line goes, and the caret goes in. */
function atWall(view, $from, $near) {
  const { tr } = view.state;
  const [start, end] = emptied($from, $from.sharedDepth($near.pos));
  const free = !$from.parent.content.size && !roomOf($from);
  if (free) tr.delete(start, end);
  if (free) tr.setSelection(TextSelection.create(tr.doc, tr.mapping.map($near.pos)));
  view.dispatch(tr.scrollIntoView());
  return true;
}

/** A rule beside the line is taken away, as a letter would be. */
function withoutRule({ doc, tr }, $from, side) {
  const edge = side > 0 ? $from.after() : $from.before();
  const { node, from, to, $from: $rule } = Selection.findFrom(doc.resolve(edge), side) ?? {};
  if (node?.type.name !== "horizontalRule" || roomOf($rule) !== roomOf($from)) return null;
  return $rule.parent.childCount > 1 ? tr.delete(from, to) : null;
}

/** The cell or the caption around a place: lines are never joined across its edges. */
function roomOf($pos) {
  for (let depth = $pos.depth; depth > 0; depth--) {
    if ($pos.node(depth).type.spec.isolating) return $pos.node(depth);
  }
  return null;
}

/** `$end`: the end of the first line; `$start`: the beginning of the second one. */
function joined(state, $end, $start) {
  if (!$end.parent.content.size && !isFirstOfItem($end)) return withoutBlank(state, $end, $start);
  const shared = $end.sharedDepth($start.pos);
  const under = linesUnder($start);
  const place = under.childCount ? placeFor($end, $start, shared) : $end.after();
  if (place === null) return null;
  const { tr } = state;
  tr.delete(...emptied($start, shared));
  if (under.childCount) putUnder(tr, place, under);
  tr.insert($end.pos, $start.parent.content);
  return tr.setSelection(TextSelection.create(tr.doc, $end.pos));
}

function isFirstOfItem($pos) {
  return $pos.node(-1).type.name === "listItem" && $pos.index(-1) === 0;
}

/** A blank line goes, and the other one stays what it is. */
function withoutBlank(state, $end, $start) {
  const { tr } = state;
  tr.delete(...emptied($end, $end.sharedDepth($start.pos)));
  return tr.setSelection(TextSelection.create(tr.doc, tr.mapping.map($start.pos)));
}

/** The line, and all around it that would hold nothing without it. */
function emptied($pos, shared) {
  let { depth } = $pos;
  if (isFirstOfItem($pos) && linesUnder($pos).childCount) depth--;
  while (depth - 1 > shared && $pos.node(depth - 1).childCount === 1) depth--;
  return [$pos.before(depth), $pos.after(depth)];
}

/** What an item holds besides its first line. */
function linesUnder($start) {
  const item = $start.node(-1);
  return item.content.cut(isFirstOfItem($start) ? item.firstChild.nodeSize : item.content.size);
}

/** Where that goes, to be seen as deep as the second line was; null when nowhere. */
function placeFor($end, $start, shared) {
  const item = $start.depth - 1;
  const inOneList = $end.node(shared).type.isInGroup("list");
  if (inOneList && item === shared + 1) return $end.end(item);
  return !inOneList && item === shared + 2 ? $start.before(shared + 1) : null;
}

function putUnder(tr, place, lines) {
  const after = place + lines.size;
  tr.insert(place, lines);
  for (const edge of [after, place]) {
    const { nodeBefore, nodeAfter } = tr.doc.resolve(edge);
    const lists = nodeBefore?.type.isInGroup("list") && nodeBefore.type === nodeAfter?.type;
    if (lists && canJoin(tr.doc, edge)) tr.join(edge);
  }
}
