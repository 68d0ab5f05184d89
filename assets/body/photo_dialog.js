// A photo: chosen or taken, described, made light, sent. What was chosen survives a failure.
import { insertPicture } from "./actions.js";
import { isAnimated } from "./animation.js";
import { check, field, openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { send } from "./sending.js";
import { bitmapOf, draw, shrink } from "./shrinking.js";
import { inTurn } from "./turns.js";
import { say } from "./words.js";

const PREVIEW = 600; // pixels

/** `turn`: its rank among several files; `then` is called when it is closed. */
export function openPhotoDialog(editor, { address, form, file = null, turn, then }) {
  return new PhotoDialog(editor, { address, form }, file, { turn, then });
}

/** Description of a picture, or the choice to have none. */
export class Description {
  constructor(alt = "", decorative = false) {
    this.alt = h("input", { type: "text", value: alt, maxlength: 300, autocomplete: "off" });
    this.none = h("input", { type: "checkbox", checked: decorative });
    this.none.addEventListener("change", () => (this.alt.disabled = this.none.checked));
    this.alt.disabled = decorative;
    this.dom = h(
      "div",
      {},
      field(say("alt"), this.alt, say("alt_hint")),
      check(say("decorative"), this.none),
    );
  }

  get value() {
    return this.none.checked ? "" : this.alt.value.trim();
  }

  get missing() {
    return !this.none.checked && !this.alt.value.trim();
  }
}

class PhotoDialog {
  constructor(editor, target, file, turns) {
    Object.assign(this, { editor, target, file: null, flight: new AbortController() });
    this.picker = h("input", { type: "file", accept: "image/*" });
    this.picker.addEventListener("change", () => this.take(this.picker.files[0]));
    this.preview = h("div", { class: "preview" });
    this.description = new Description();
    this.state = h("p", { role: "status" });
    const { title, extra, closed } = inTurn(say("add_photo"), turns);
    this.dialog = openDialog({
      title,
      content: h(
        "div",
        {},
        field(say("choose_photo"), this.picker, say("photo_hint")),
        this.preview,
        this.description.dom,
        this.state,
      ),
      action: say("add_this_photo"),
      submit: () => void this.submit(),
      extra,
      closed: () => {
        this.flight.abort();
        closed();
      },
    });
    if (file) this.take(file);
  }

  async take(file) {
    if (!file) return;
    this.file = file;
    this.sent = null;
    this.preview.replaceChildren(h("p", { class: "soft" }, file.name));
    this.bitmap = await bitmapOf(file);
    if (!this.bitmap || this.file !== file) return;
    const canvas = draw(this.bitmap, PREVIEW);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", say("preview", { name: file.name }));
    this.preview.replaceChildren(canvas);
    if (await isAnimated(file)) this.preview.append(h("p", { role: "status" }, say("photo_moves")));
  }

  fault() {
    if (!this.file) return [say("photo_missing"), this.picker];
    if (this.description.missing) return [say("alt_missing"), this.description.alt];
    return null;
  }

  async submit() {
    const fault = this.fault();
    this.dialog.complain(...(fault ?? [""]));
    if (fault) return;
    this.busy(true);
    try {
      await this.send();
    } catch (error) {
      if (error.name !== "AbortError") this.fail(error);
    }
  }

  async send() {
    const photo = await shrink(this.file, this.bitmap);
    const fields = { alt: this.description.value };
    const { signal } = this.flight;
    const { id } = await send(this.target.address, photo, this.target.form, { fields, signal });
    this.dialog.close();
    insertPicture(this.editor, { id: String(id), alt: fields.alt, format: "fullwidth" });
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

/** Change how a picture of the text is described. */
export function openDescriptionDialog(editor, pos, node) {
  const description = new Description(node.attrs.alt, node.attrs.alt === "");
  const dialog = openDialog({
    title: say("describe_photo"),
    content: description.dom,
    action: say("keep"),
    submit: () => {
      if (description.missing) return void dialog.complain(say("alt_missing"), description.alt);
      dialog.close();
      return describe(editor, pos, description.value);
    },
  });
  description.alt.focus();
}

function describe(editor, pos, alt) {
  return editor
    .chain()
    .focus()
    .command(({ tr }) => {
      tr.setNodeMarkup(pos, null, { ...tr.doc.nodeAt(pos).attrs, alt });
      return true;
    })
    .setNodeSelection(pos)
    .run();
}
