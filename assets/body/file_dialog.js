// A document: sent, then linked by its title.
import { insertLink } from "./actions.js";
import { field, openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { send } from "./sending.js";
import { inTurn } from "./turns.js";
import { say } from "./words.js";

/** `turn`: its rank among several files; `then` is called when it is closed. */
export function openFileDialog(editor, { address, form, file = null, turn, then }) {
  return new FileDialog(editor, { address, form }, file, { turn, then });
}

class FileDialog {
  constructor(editor, target, file, turns) {
    Object.assign(this, { editor, target, file, flight: new AbortController() });
    this.picker = h("input", { type: "file" });
    this.picker.addEventListener("change", () => (this.file = this.picker.files[0] ?? this.file));
    this.state = h("p", { role: "status" }, file?.name ?? "");
    this.words = h("input", { type: "text", autocomplete: "off" });
    const { title, extra, closed } = inTurn(say("add_file"), turns);
    this.dialog = openDialog({
      title,
      content: h(
        "div",
        {},
        field(say("choose_file"), this.picker, say("file_hint")),
        field(say("file_words"), this.words, say("file_words_hint")),
        this.state,
      ),
      action: say("add_this_file"),
      submit: () => void this.submit(),
      extra,
      closed: () => {
        this.flight.abort();
        closed();
      },
    });
  }

  async submit() {
    if (!this.file) return this.dialog.complain(say("file_missing"), this.picker);
    this.dialog.complain("");
    this.busy(true);
    try {
      await this.send();
    } catch (error) {
      if (error.name !== "AbortError") this.fail(error);
    }
  }

  async send() {
    const { signal } = this.flight;
    const { id, title } = await send(this.target.address, this.file, this.target.form, { signal });
    const attrs = { href: null, linktype: "document", id: String(id), title: null };
    this.dialog.close();
    insertLink(this.editor, { attrs, words: this.words.value.trim() || title, apart: true });
  }

  fail(error) {
    this.busy(false);
    this.dialog.main.textContent = say("try_again");
    this.dialog.complain(error.message || say("refused"), this.dialog.main);
  }

  busy(sending) {
    this.dialog.main.disabled = sending;
    this.state.textContent = sending ? say("sending") : "";
  }
}
