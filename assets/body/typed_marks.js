// Signs typed around words dress them: « **bold** », « *italic* », « _italic_ », « `code` ».

const BEFORE = "(?:^|[\\s([{«“\"'’–—-])";
const HAS_LETTER = /\p{L}/u; // « *21* » is a number that one dials

/** `edge` is typed on both sides, and sticks to words that do not hold its sign. */
function dress(mark, edge) {
  const sign = edge[0];
  const quoted = edge.replace(/\*/g, "\\*");
  const words = `[^\\s${sign}\ufffc](?:[^${sign}\ufffc]*[^\\s${sign}\ufffc])?`;
  return { mark, edge, find: new RegExp(`${BEFORE}(${quoted}(${words})${quoted})$`) };
}

const MARKS = [dress("strong", "**"), dress("em", "*"), dress("em", "_"), dress("code", "`")];
export const CLOSES = /[*_`]$/;

/** The change that the sign just typed calls for, or null when it closes nothing. */
export function fromMarks(state) {
  const { empty, $from } = state.selection;
  const { parent, parentOffset } = $from;
  if (!empty || !parent.isTextblock) return null;
  const text = parent.textBetween(0, parentOffset, null, "\ufffc");
  for (const one of MARKS) {
    const [, all, words] = text.match(one.find) ?? [];
    if (all && (one.mark === "code" || HAS_LETTER.test(words))) return dressed(state, all, one);
  }
  return null;
}

function dressed(state, all, { mark, edge }) {
  const { code, [mark]: type } = state.schema.marks;
  const to = state.selection.from;
  const from = to - all.length;
  const allowed = state.selection.$from.parent.type.allowsMarkType(type);
  if (!allowed || state.doc.rangeHasMark(from, to, code)) return null;
  return state.tr
    .delete(to - edge.length, to)
    .delete(from, from + edge.length)
    .addMark(from, to - 2 * edge.length, type.create())
    .removeStoredMark(type);
}
