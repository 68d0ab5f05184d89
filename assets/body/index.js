// The rich text editor in the place of the form's textarea, which stays what is sent.
import { Editor, Extension } from "@tiptap/core";
import { EditorState } from "@tiptap/pm/state";

import { withTail } from "./behaviour.js";
import { CaretKeeper } from "./caret.js";
import { changedBlocks } from "./changed_blocks.js";
import { completion } from "./completion.js";
import { signedSerializer } from "./copied.js";
import { h, newId } from "./dom.js";
import { extensions } from "./extensions.js";
import { takeFiles } from "./handed.js";
import { Keeper } from "./keeping.js";
import { whatIsLeft } from "./left.js";
import { openLinkDialog } from "./link_dialog.js";
import { breaksPlace, land } from "./landing.js";
import { linkWords } from "./linking_words.js";
import { ownLinks } from "./own_links.js";
import { cleanPaste } from "./paste.js";
import { sliceOfText } from "./pasted_text.js";
import { withDirectAddresses } from "./redirects.js";
import { Titles } from "./titles.js";
import { Toolbar } from "./toolbar.js";
import { say } from "./words.js";

/**
 * Put the editor in the place of a textarea. Gives `getHtml()`, `setHtml(html)`, `focus()`,
 * `onChange(callback)`, also found as `textarea.kbEditor`. The textarea follows each change
 * and says `input`.
 */
export function mountBody(textarea) {
  const body = new Body(textarea);
  textarea.kbEditor = {
    getHtml: () => textarea.value,
    setHtml: (html) => body.set(html),
    putIn: (html) => body.putIn(html),
    focus: () => body.editor.commands.focus(),
    onChange: (callback) => body.listeners.push(callback),
  };
  return textarea.kbEditor;
}

class Body {
  constructor(textarea) {
    Object.assign(this, { textarea, listeners: [] });
    this.kit = this.makeKit();
    this.id = newId("text");
    this.hint = h("small", { id: newId("hint") }, say("brackets"));
    this.said = h("p", { role: "status", class: "soft said" });
    this.sheet = h("div");
    this.editor = this.kit.editor = this.makeEditor();
    this.toolbar = new Toolbar(this.kit, this.id);
    this.dom = h("div", { class: "kb-editor" }, this.toolbar.dom, this.sheet, this.hint, this.said);
    this.place();
    this.caret = new CaretKeeper(this.editor.view, this.toolbar.dom, textarea.form);
    this.open(textarea.value);
    this.listen();
  }

  makeKit() {
    const { form, dataset } = this.textarea;
    return {
      titles: new Titles(dataset.kbTitles),
      photos: { address: dataset.kbPhotos, form },
      files: { address: dataset.kbFiles, form },
    };
  }

  makeEditor() {
    const photos = this.kit.photos.address;
    const { titles } = this.kit;
    return new Editor({
      element: this.sheet,
      injectCSS: false,
      extensions: extensions({ photos, more: [completion(titles), ownLinks(titles.address), this.keys()] }),
      editorProps: {
        attributes: this.attributes(),
        clipboardSerializer: signedSerializer,
        transformPastedHTML: (html) => this.clean(html),
        transformPastedText: withDirectAddresses,
        clipboardTextParser: (words, $place, _plain, { state }) => sliceOfText(words, state.schema, $place),
        handlePaste: (view, event, slice) => this.paste(view, event, slice),
        handleDrop: (view, event, slice, moved) => this.drop(view, event, slice, moved),
        scrollMargin: { top: 0, bottom: 0, left: 0, right: 0 },
        scrollThreshold: { top: 0, bottom: 0, left: 0, right: 0 },
        handleScrollToSelection: () => this.scroll(),
      },
    });
  }

  /** The names that the textarea has, for those who hear the page. */
  attributes() {
    const label = this.textarea.labels?.[0];
    if (label && !label.id) label.id = newId("label");
    const named = label ? { "aria-labelledby": label.id } : { "aria-label": say("text") };
    const notes = [this.textarea.getAttribute("aria-describedby"), this.hint.id];
    const invalid = this.textarea.getAttribute("aria-invalid");
    return {
      id: this.id,
      class: "sheet prose",
      role: "textbox",
      "aria-multiline": "true",
      ...named,
      "aria-describedby": notes.filter(Boolean).join(" "),
      ...(invalid && { "aria-invalid": invalid }),
    };
  }

  keys() {
    const { kit } = this;
    const reach = () => this.toolbar.main.focus() ?? true;
    const link = () => openLinkDialog(kit.editor, kit.titles) ?? true;
    return Extension.create({
      name: "reach",
      addKeyboardShortcuts: () => ({ "Alt-F10": reach, "Mod-k": link }),
    });
  }

  place() {
    const { textarea } = this;
    textarea.after(this.dom);
    textarea.hidden = true;
    textarea.required = false; // a hidden control cannot say what it lacks: the server does
    if (textarea.autofocus) this.editor.commands.focus();
  }

  open(html) {
    this.keeper = new Keeper(this.editor.schema, html);
    const { plugins } = this.editor.state;
    this.editor.view.updateState(EditorState.create({ doc: withTail(this.keeper.doc), plugins }));
    this.refresh();
  }

  set(html) {
    this.textarea.value = html;
    this.open(html);
    this.tell();
  }

  /** Another text in the place of this one, block by block: the caret stays in its words, and
      « Annuler » goes on undoing what was typed, not this. */
  putIn(html) {
    if (html === this.textarea.value) return;
    this.keeper = new Keeper(this.editor.schema, html);
    const { view, state } = this.editor;
    const next = withTail(this.keeper.doc);
    const tr = state.tr.setMeta("addToHistory", false);
    for (const [from, to, nodes] of changedBlocks(state.doc, next)) tr.replaceWith(from, to, nodes);
    view.dispatch(tr);
    this.save();
  }

  listen() {
    const { dom } = this.editor.view;
    dom.addEventListener("keydown", () => (this.byKey = true));
    dom.addEventListener("pointerdown", () => (this.byKey = false));
    this.editor.on(
      "selectionUpdate",
      () => this.byKey && this.editor.isFocused && this.caret.show(),
    );
    this.editor.on("transaction", ({ transaction, appendedTransactions: more = [] }) => {
      if ([transaction, ...more].some(({ docChanged }) => docChanged)) this.save();
      if (transaction.docChanged || transaction.selectionSet) this.toolbar.opened = null;
      this.refresh();
    });
    const focus = (event) => {
      event.preventDefault();
      this.editor.commands.focus();
    };
    this.textarea.labels?.[0]?.addEventListener("click", focus);
    for (const link of document.querySelectorAll(`a[href="#${this.textarea.id}"]`))
      link.addEventListener("click", focus);
  }

  refresh() {
    this.toolbar.update();
  }

  save() {
    const html = this.keeper.write(this.editor.state.doc);
    if (html === this.textarea.value) return;
    this.textarea.value = html;
    this.tell();
  }

  tell() {
    this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
    for (const listener of this.listeners) listener(this.textarea.value);
  }

  scroll() {
    this.caret?.show();
    return true;
  }

  clean(html) {
    const { html: clean, left } = cleanPaste(html);
    this.left = left;
    return clean;
  }

  paste(view, event, slice) {
    const alone = this.take(event.clipboardData);
    const tell = (words) => this.tellSaid(this.said.textContent, words);
    return alone || linkWords(view, slice) || land(view, slice, tell);
  }

  drop(view, event, slice, moved) {
    const { pos } = view.posAtCoords({ left: event.clientX, top: event.clientY }) ?? {};
    if (!moved && event.dataTransfer?.files.length) {
      if (pos !== undefined) this.editor.commands.setTextSelection(pos);
      if (this.take(event.dataTransfer)) return true;
    } else this.take(null);
    const breaks = pos !== undefined && breaksPlace(view.state.doc.resolve(pos), slice);
    if (breaks) this.tellSaid(say("not_here"));
    return breaks;
  }

  /** Take the files of a paste or of a drop, and say what does not come; true when that is all. */
  take(data) {
    const { count, alone, said } = takeFiles(this.editor, this.kit, data);
    const pictures = (this.left?.pictures ?? 0) - count;
    this.tellSaid(whatIsLeft({ ...this.left, pictures }), ...said);
    this.left = null;
    return alone;
  }

  tellSaid(...sentences) {
    this.said.textContent = sentences.filter(Boolean).join(" ");
  }
}
