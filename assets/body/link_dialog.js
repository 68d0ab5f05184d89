// A link to a page of the site, to a page to write, or to a web address.
import { getMarkRange } from "@tiptap/core";

import { insertLink, removeLink } from "./actions.js";
import { Choices } from "./choices.js";
import { field, openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { isSafe } from "./marks.js";
import { choicesFor, statusOf } from "./titles.js";
import { say } from "./words.js";

const MAIL = /^[^\s@/]+@[^\s@/]+\.[a-z]{2,}$/i;
const WEB = /^(?:https?:\/\/\S+|www\.\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:[/?#]\S*)?)$/i;
const OTHER = /^(?:mailto|tel):\S+$/i;
const OWN = /^\/[^/\s]\S*$/;

/** What somebody typed as an address, whole and safe; null when it is none. */
export function addressIn(typed) {
  const text = typed.trim();
  if (MAIL.test(text)) return `mailto:${text}`;
  if (OTHER.test(text) || OWN.test(text)) return text;
  if (!WEB.test(text)) return null;
  const whole = /^https?:/i.test(text) ? text : `https://${text}`;
  return isSafe(whole) ? whole.replace(`${location.origin}/`, "/") : null;
}

function webLink(href) {
  return { href, linktype: null, id: null, title: null };
}

/** The link at the caret with its ends, or the selected words. */
function current(state) {
  const { $from, from, to, empty } = state.selection;
  const range = getMarkRange($from, state.schema.marks.link);
  if (!range) return { from, to, attrs: null, empty };
  const mark =
    $from.marks().find(({ type }) => type.name === "link") ??
    state.doc.nodeAt(range.from).marks.find(({ type }) => type.name === "link");
  return { ...range, attrs: mark.attrs, empty: false };
}

export function openLinkDialog(editor, titles) {
  new LinkDialog(editor, titles, current(editor.state));
}

class LinkDialog {
  constructor(editor, titles, place) {
    Object.assign(this, { editor, titles, place, chosen: null });
    this.words = editor.state.doc.textBetween(place.from, place.to, " ");
    this.makeFields();
    this.dialog = openDialog({
      title: say(place.attrs ? "edit_link" : "add_link"),
      content: this.fields,
      action: say(place.attrs ? "change_link" : "add_this_link"),
      submit: () => this.submit(),
      extra: place.attrs ? [this.remover()] : [],
      closed: () => titles.forget(),
    });
    this.where.focus();
  }

  makeFields() {
    const { attrs } = this.place;
    this.where = h("input", {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      autocapitalize: "off",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      value: attrs?.href ?? (attrs?.linktype === "wanted" ? attrs.title : ""),
    });
    this.choices = new Choices(this.where, {
      label: say("titles"),
      choose: (choice) => this.choose(choice),
    });
    this.where.addEventListener("input", () => this.ask());
    this.where.addEventListener("keydown", (event) => this.key(event));
    const hint = attrs?.linktype === "page" ? say("link_is_page") : say("where_hint");
    this.text = this.place.empty ? h("input", { type: "text", autocomplete: "off" }) : null;
    this.fields = h(
      "div",
      {},
      field(say("where"), this.where, hint),
      this.choices.dom,
      this.text && field(say("link_words"), this.text, say("link_words_hint")),
    );
  }

  remover() {
    const remove = () => {
      this.dialog.close();
      this.editor.commands.setTextSelection(this.place);
      removeLink(this.editor);
    };
    return h("button", { type: "button", class: "btn", onclick: remove }, say("remove_link"));
  }

  ask() {
    this.chosen = null;
    const query = this.where.value.trim();
    this.show(query, undefined);
    if (query && !addressIn(query)) this.titles.ask(query, (pages) => this.show(query, pages));
    else this.titles.forget();
  }

  show(query, pages) {
    const address = addressIn(query);
    if (address)
      this.choices.show([{ label: say("web_address", { address }), attrs: webLink(address) }], "");
    else if (query)
      this.choices.show(
        choicesFor(query, pages, this.titles),
        statusOf(query, pages),
        pages === undefined,
      );
    else this.choices.hide();
    this.where.setAttribute("aria-expanded", this.choices.open);
  }

  key(event) {
    if (!this.choices.open) return;
    if (event.key === "Tab") return this.choices.hide();
    const waits = event.key === "Enter" && this.choices.options.length > 0;
    if (this.choices.key(event) || waits) event.preventDefault();
    this.where.setAttribute("aria-expanded", this.choices.open);
  }

  choose(choice) {
    this.chosen = choice;
    if (choice.words) this.where.value = choice.words;
    this.choices.hide();
    this.where.setAttribute("aria-expanded", false);
    this.dialog.complain("");
    if (this.text && !this.text.value && choice.words) this.text.value = choice.words;
  }

  /** What was chosen in the list, else what the words typed mean. */
  get attrs() {
    const typed = this.where.value.trim();
    if (this.chosen) return this.chosen.attrs;
    if (!typed) return this.place.attrs?.linktype === "page" ? this.place.attrs : null;
    const address = addressIn(typed);
    if (address) return webLink(address);
    const page = this.titles.exactly(typed);
    return choicesFor(typed, page ? [page] : [], this.titles)[0].attrs;
  }

  submit() {
    const { attrs } = this;
    if (!attrs) {
      this.dialog.complain(say("where_missing"), this.where);
      return false;
    }
    if (this.text) this.insert(attrs);
    else this.dress(attrs);
    return true;
  }

  insert(attrs) {
    const words = this.text.value.trim() || this.where.value.trim();
    this.dialog.close();
    insertLink(this.editor, { attrs, words, range: this.place });
  }

  dress(attrs) {
    const { from, to } = this.place;
    this.dialog.close();
    this.editor
      .chain()
      .focus()
      .setTextSelection({ from, to })
      .setMark("link", attrs)
      .setTextSelection(to)
      .run();
  }
}
