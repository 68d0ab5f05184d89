// An item that leaves a numbered list: what stays after it goes on counting.
import { Extension } from "@tiptap/core";
import { liftListItem } from "@tiptap/pm/schema-list";

/** Take the selected items one level up, or out of the outermost list. */
export function liftItem(state, dispatch) {
  const item = state.schema.nodes.listItem;
  const next = goingOn(state, item);
  const done = state.tr.steps.length;
  const count = (tr) => dispatch(next ? counted(tr, next, done) : tr);
  return liftListItem(item)(state, dispatch && count);
}

/** A place in the item after those that leave, when a numbered list is cut there, and its number. */
function goingOn({ selection: { $from, $to } }, item) {
  const range = $from.blockRange($to, ({ firstChild }) => firstChild?.type === item);
  if (range?.parent.type.name !== "orderedList") return null;
  const { parent, startIndex, endIndex, depth, end } = range;
  const cut = startIndex > 0 && endIndex < parent.childCount;
  if (!cut || $from.node(depth - 1).type === item) return null;
  return { place: end + 1, number: Number(parent.attrs.start ?? 1) + startIndex };
}

function counted(tr, { place, number }, done) {
  const $item = tr.doc.resolve(tr.mapping.slice(done).map(place));
  const list = $item.node(-1);
  return tr.setNodeMarkup($item.before(-1), null, { ...list.attrs, start: String(number) });
}

/** In the place of TipTap's own command, which the keys and the buttons use. */
export const Lifting = Extension.create({
  name: "lifting",
  addCommands: () => ({
    liftListItem:
      () =>
      ({ state, dispatch }) =>
        liftItem(state, dispatch),
  }),
});
