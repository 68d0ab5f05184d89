// What follows by itself from a change of the text. Keyboards of phones compose whole words:
// nothing may move under their hands, so it waits until they are done.

const COMPOSED = "composed";
const PAUSE = 40; // milliseconds: ProseMirror has then read what was composed

/** What is taken back or done again stays as it was. */
function counts(transaction) {
  const { docChanged } = transaction;
  return transaction.getMeta(COMPOSED) || (docChanged && !transaction.getMeta("history$"));
}

/** A plugin's hooks: `look(before, state, view)` gives the change that follows, or null. */
export function afterChanges(look) {
  let [seen, shown] = [null, null];
  return {
    view(view) {
      shown = view;
      return {};
    },
    appendTransaction(transactions, before, state) {
      if (!transactions.some(counts)) return null;
      seen ??= before.doc;
      if (shown?.composing) return null;
      const since = seen;
      seen = null;
      return look(since, state, shown);
    },
  };
}

/** Once a composition is read: what waited for it, then `act`. */
export function onceComposed(view, act) {
  setTimeout(() => {
    if (view.isDestroyed || view.composing) return;
    view.dispatch(view.state.tr.setMeta(COMPOSED, true));
    act(view);
  }, PAUSE);
  return false;
}

/** Where two documents differ, in each of them; null when they do not. */
export function changed(before, after) {
  const start = before.content.findDiffStart(after.content);
  if (start === null) return null;
  const { a, b } = before.content.findDiffEnd(after.content);
  const range = (end) => ({ start: Math.min(start, end), end: Math.max(start, end) });
  return { before: range(a), after: range(b) };
}
