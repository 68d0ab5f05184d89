/** Parts of ProseMirror without a public way in. `tests/editor/internals.test.mjs` fails when an
    upgrade takes them away. */

/** Read what the browser typed or where it moved the caret, now instead of when it tells. */
export function readPending(view) {
  view.domObserver.flush();
}
