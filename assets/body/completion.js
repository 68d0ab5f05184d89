// « [[ » proposes the pages whose title one begins to type, and the page to write.
import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";

import { insertLink } from "./actions.js";
import { closing, lookFor } from "./brackets.js";
import { Choices } from "./choices.js";
import { afterChanges } from "./composing.js";
import { choicesFor, statusOf } from "./titles.js";
import { say } from "./words.js";

const OPENED = /\[\[([^[\]|\ufffc]{0,120})$/; // after « | » one types the words of the link
const MARGIN = 8; // pixels between the list and the edges of the screen

/** Where the caret stands after « [[ … », as `{ from, to, words }`, or null. */
function opened(state) {
  const { empty, $from } = state.selection;
  if (!empty || !$from.parent.isTextblock) return null;
  const text = $from.parent.textBetween(0, $from.parentOffset, "\ufffc", "\ufffc");
  const match = text.match(OPENED);
  return match && { from: $from.start() + match.index, to: $from.pos, words: match[1] };
}

export function completion(titles) {
  return Extension.create({
    name: "completion",
    priority: 1000,
    addProseMirrorPlugins() {
      const { editor } = this;
      let popup = null;
      return [
        new Plugin({
          view: (view) => (popup = new Popup(view, editor, titles)),
          props: { handleKeyDown: (_view, event) => popup.key(event) },
        }),
        new Plugin(afterChanges((before, state, view) => close(before, state, view, titles))),
      ];
    },
  });
}

/** « ]] » closes what « [[ » opened: a link to that page, or to the page to write. */
function close(before, state, view, titles) {
  const closed = closing(before, state, titles);
  if (closed?.unknown.length) setTimeout(() => lookFor(closed.unknown, titles, view));
  return closed?.tr;
}

class Popup {
  constructor(view, editor, titles) {
    Object.assign(this, { view, editor, titles, range: null, dismissed: -1 });
    this.choices = new Choices(view.dom, {
      label: say("titles"),
      choose: (choice) => this.choose(choice),
    });
    this.choices.dom.classList.add("floating");
    document.body.append(this.choices.dom);
    this.leave = () => this.choices.hide();
    this.moved = () => this.choices.open && this.place();
    view.dom.addEventListener("blur", this.leave);
    for (const event of ["scroll", "resize"])
      window.visualViewport?.addEventListener(event, this.moved);
    document.addEventListener("scroll", this.moved, { passive: true });
  }

  update(view, before) {
    if (before.doc.eq(view.state.doc) && before.selection.eq(view.state.selection)) return;
    this.range = view.editable ? opened(view.state) : null;
    if (!this.range) this.dismissed = -1;
    if (!this.range || this.range.from === this.dismissed) return this.stop();
    this.ask(this.range.words);
  }

  stop() {
    this.titles.forget();
    if (this.choices.open) this.choices.hide();
  }

  ask(words) {
    this.show(words, undefined);
    if (words.trim()) this.titles.ask(words.trim(), (pages) => this.show(words, pages));
    else this.titles.forget();
  }

  show(words, pages) {
    this.choices.show(
      choicesFor(words, pages, this.titles),
      statusOf(words, pages),
      pages === undefined,
    );
    this.place();
  }

  key(event) {
    if (!this.choices.open) return false;
    if (event.key === "Escape") this.dismissed = this.range.from;
    const used = this.choices.key(event);
    if (used) event.stopPropagation();
    return used;
  }

  choose({ attrs, words }) {
    this.choices.hide();
    insertLink(this.editor, { attrs, words, range: this.range });
  }

  /** Under the words typed, or above them when the keyboard of the phone leaves no room. */
  place() {
    const { dom } = this.choices;
    const screen = window.visualViewport ?? {
      offsetTop: 0,
      offsetLeft: 0,
      height: innerHeight,
      width: innerWidth,
    };
    const caret = this.view.coordsAtPos(this.range.from);
    const below = screen.offsetTop + screen.height - caret.bottom - MARGIN;
    const above = caret.top - screen.offsetTop - MARGIN;
    const under = below >= Math.min(dom.scrollHeight, 200) || below >= above;
    const room = Math.max(under ? below : above, 120);
    const left = Math.min(caret.left, screen.offsetLeft + screen.width - dom.offsetWidth - MARGIN);
    dom.style.maxHeight = `${room}px`;
    dom.style.left = `${Math.max(left, screen.offsetLeft + MARGIN)}px`;
    dom.style.top = `${under ? caret.bottom + 4 : caret.top - Math.min(dom.offsetHeight, room) - 4}px`;
  }

  destroy() {
    this.stop();
    this.choices.dom.remove();
    document.removeEventListener("scroll", this.moved);
    for (const event of ["scroll", "resize"])
      window.visualViewport?.removeEventListener(event, this.moved);
  }
}
