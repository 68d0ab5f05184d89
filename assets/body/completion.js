// « [[ » proposes the pages whose title one begins to type, and the page to write.
import { Extension } from "@tiptap/core";
import { Plugin, TextSelection } from "@tiptap/pm/state";

import { insertLink } from "./actions.js";
import { Choices } from "./choices.js";
import { choicesFor, pageLink, statusOf, wantedLink } from "./titles.js";
import { say } from "./words.js";

const OPENED = /\[\[([^[\]\ufffc]{0,120})$/;
const CLOSED = /\[\[([^[\]\ufffc]{1,120})\]\]$/;
const MARGIN = 8; // pixels between the list and the edges of the screen

/** Where the caret stands after « [[ … », as `{ from, to, words }`, or null. */
function found(state, pattern) {
  const { empty, $from } = state.selection;
  if (!empty || !$from.parent.isTextblock) return null;
  const text = $from.parent.textBetween(0, $from.parentOffset, "\ufffc", "\ufffc");
  const match = text.match(pattern);
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
          appendTransaction: (transactions, _old, state) =>
            transactions.some(({ docChanged }) => docChanged) && !popup?.view.composing
              ? close(state, titles)
              : null,
          props: { handleKeyDown: (_view, event) => popup.key(event) },
        }),
      ];
    },
  });
}

/** « ]] » closes what « [[ » opened: a link to that page, or to the page to write. */
function close(state, titles) {
  const match = found(state, CLOSED);
  const title = match?.words.trim();
  if (!title) return null;
  const page = titles.exactly(title);
  const link = state.schema.marks.link.create(page ? pageLink(page) : wantedLink(title));
  const tr = state.tr.replaceWith(match.from, match.to, state.schema.text(title, [link]));
  tr.setSelection(TextSelection.create(tr.doc, match.from + title.length));
  return tr.removeStoredMark(link.type);
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
    this.range = view.editable ? found(view.state, OPENED) : null;
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
