// What follows from what is typed: each change can be taken back alone, the sign with it.
import { Extension } from "@tiptap/core";
import { closeHistory, undo } from "@tiptap/pm/history";
import { Plugin, PluginKey } from "@tiptap/pm/state";

import { linksBeforeCaret } from "./autolinks.js";
import { onceComposed } from "./composing.js";
import { CLOSES, fromMarks } from "./typed_marks.js";
import { fromBeginning, fromSigns, ruleBeforeEnter } from "./typed_signs.js";

const KEY = new PluginKey("typing");
const ENDS_A_WORD = /[\s,;!)\]»”"…—]$/; // no sign that an address often holds

/** Make a change that undoing takes back alone, and Backspace just after when it says so. */
function apply(view, tr, justMade = null) {
  view.dispatch(closeHistory(tr).setMeta(KEY, justMade).scrollIntoView());
  view.dispatch(closeHistory(view.state.tr).setMeta(KEY, justMade));
}

/** Signs around words, once closed; signs and addresses before the caret, once a blank or a stop
    was typed after them. */
function follow(view) {
  const { $from, empty } = view.state.selection;
  const typed = $from.parent.textBetween(0, $from.parentOffset, null, "\ufffc");
  const dressed = empty && CLOSES.test(typed) && fromMarks(view.state);
  if (dressed) return apply(view, dressed, "signs");
  if (!empty || !ENDS_A_WORD.test(typed)) return;
  const made = fromSigns(view.state);
  if (made) return apply(view, made, "signs");
  linkLast({ view });
}

function read(view, text, insert) {
  const whole = text.length > 2 && isBare(view.state);
  if (view.composing || !(whole || ENDS_A_WORD.test(text) || CLOSES.test(text))) return false;
  view.dispatch(insert());
  if (whole) begin(view);
  follow(view);
  return true;
}

/** Whether nothing stands before the caret on its line. */
function isBare({ selection: { empty, $from } }) {
  return empty && $from.parent.isTextblock && $from.parentOffset === 0;
}

/** What was said or chosen in one piece begins its line. */
function begin(view) {
  const begun = fromBeginning(view.state);
  if (begun) apply(view, begun);
}

/** What a phone composes is read once it is done; on a bare line it may be a whole beginning. */
function composing() {
  let bare = false;
  return {
    compositionstart: (view) => {
      bare = isBare(view.state);
    },
    compositionend: (view) =>
      onceComposed(view, () => {
        if (bare) begin(view);
        follow(view);
      }),
  };
}

/** Before Enter goes to the next line: an address becomes a link, three dashes a rule. */
export function beforeEnter({ view }) {
  const made = ruleBeforeEnter(view.state);
  if (made) apply(view, made, "signs");
  else linkLast({ view });
  return made !== null;
}

/** The address before the caret, when one leaves its line. */
export function linkLast({ view }) {
  const linked = linksBeforeCaret(view.state);
  if (linked) apply(view, linked);
}

/** Backspace just after signs became something gives them back. */
export function giveSignsBack({ view }) {
  return KEY.getState(view.state) === "signs" && undo(view.state, view.dispatch);
}

function typing() {
  return new Plugin({
    key: KEY,
    state: {
      init: () => null,
      apply(tr, justMade) {
        const said = tr.getMeta(KEY);
        if (said !== undefined) return said;
        return tr.docChanged || tr.selectionSet ? null : justMade;
      },
    },
    props: {
      handleTextInput: (view, _from, _to, text, insert) => read(view, text, insert),
      handleDOMEvents: composing(),
    },
  });
}

export const Typing = Extension.create({
  name: "typing",
  addProseMirrorPlugins: () => [typing()],
});
