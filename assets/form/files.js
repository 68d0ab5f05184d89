// A file chosen beside a field of documents: sent at once, then named by the field.

import { send } from "../body/sending.js";
import { say } from "./words.js";

export class Files {
  constructor(form) {
    Object.assign(this, { form, sendings: new Set() });
    form.addEventListener("change", ({ target }) => {
      const box = target.closest("[data-kb-file]");
      if (box && target.type === "file") this.chosen(box, target);
      else if (box && target.matches("select")) picked(box, target);
    });
    form.addEventListener("input", ({ target }) => {
      if (target.matches("[data-kb-named]")) named(target.closest("[data-kb-file]"), target);
    });
  }

  /** Resolves once no file is on its way. */
  async settled() {
    while (this.sendings.size) await Promise.all(this.sendings);
  }

  chosen(box, input) {
    const [file] = input.files;
    if (!file) return;
    const sending = this.send(box, input, file).finally(() => this.sendings.delete(sending));
    this.sendings.add(sending);
  }

  /** A file that could not leave stays in its control: it goes with the form. */
  async send(box, input, file) {
    tell(box, say("sendingFile", { name: file.name }));
    try {
      const sent = await send(box.dataset.kbFile, file, this.form);
      if (input.files[0] !== file) return; // another one was chosen meanwhile
      input.value = "";
      choose(box, sent);
    } catch (error) {
      tell(box, error.message, true);
    }
  }
}

function choose(box, { id, said }) {
  const select = box.querySelector("select");
  select.append(new Option(said, id, true, true));
  tell(box, say("fileKept"));
  show(box);
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The last of two ways to say which file goes before the other: words, or a choice. */
function picked(box, select) {
  const words = box.querySelector("[data-kb-named]");
  if (words && select.value) words.value = "";
  delete box.dataset.kbBefore;
  show(box);
}

/** Words go before what the page holds, not before another choice: it goes, until none are left. */
function named(box, { value, dataset }) {
  const select = box.querySelector("select");
  if (value.trim() && select.value !== dataset.kbNamed) {
    box.dataset.kbBefore = select.value;
    select.value = dataset.kbNamed;
  } else if (!value.trim() && box.dataset.kbBefore) select.value = box.dataset.kbBefore;
  show(box);
}

/** What the field names, above the controls. */
function show(box) {
  const { value, selectedOptions } = box.querySelector("select");
  const line = box.querySelector("[data-kb-chosen]");
  const link = line.querySelector("a");
  line.hidden = !value;
  link.textContent = value ? selectedOptions[0].textContent : "";
  if (value) Object.assign(link, { href: `/fichiers/${value}/`, target: "_blank", rel: "noopener" });
}

function tell(box, words, isWrong = false) {
  const line = box.querySelector("[data-kb-sent]");
  line.textContent = words;
  line.classList.toggle("wrong", isWrong);
}
