// Somebody published the page while one writes: said in the bar, taken by a press, undone by another.

import { asData, fieldsOf } from "./fields.js";
import { ask } from "./server.js";
import { say } from "./words.js";

export class News {
  constructor(form, label, saving) {
    Object.assign(this, { form, label, saving, number: 0, isBusy: false });
    this.box = form.querySelector("[data-kb-news]");
    this.said = this.box.querySelector("[data-kb-news-said]");
    this.button = this.box.querySelector("button");
    this.button.addEventListener("click", () => this.pressed());
  }

  get base() {
    return Number(this.form.elements.base.value);
  }

  show({ number = 0, said = "" } = {}) {
    if (number <= this.base || number === this.number) return;
    this.number = number;
    this.told = { number, said };
    this.offer(said, "takeChanges", () => this.take());
  }

  offer(words, button, act) {
    this.act = act;
    this.said.textContent = words;
    this.button.textContent = button ? say(button) : "";
    this.button.hidden = !button;
    this.box.hidden = false;
  }

  async pressed() {
    if (this.isBusy) return;
    this.isBusy = true;
    await this.act();
    this.isBusy = false;
  }

  async take() {
    const fields = fieldsOf(this.form);
    const answer = await ask(this.form, this.form.dataset.taking, asData(this.form, fields));
    if (answer.state === "refused") return this.label.tell(answer.message);
    if (answer.state !== "ok") return this.label.tell(say("cannotResume"));
    if (answer.told.conflict) return this.offer(answer.told.conflict, "", null);
    if (textOf(this.form) !== JSON.stringify(fields)) return this.take(); // typed meanwhile
    if (answer.told.rows) return this.openAgain();
    this.put(answer.told, fields);
  }

  put({ base, fields }, before) {
    const own = this.base;
    for (const [name, value] of Object.entries(fields)) putValue(this.form, name, value);
    this.form.elements.base.value = base;
    const after = textOf(this.form);
    this.offer(say("changesTaken"), "giveBack", () => this.giveBack(before, own, after));
  }

  /** The text as it was before the press; the publication will bring both together. */
  giveBack(before, base, after) {
    if (textOf(this.form) !== after) return this.offer(say("writtenSince"), "", null);
    const kept = new Map();
    for (const [name, value] of before) kept.set(name, [...(kept.get(name) ?? []), value]);
    for (const name of namesOf(this.form)) {
      const values = kept.get(name) ?? [];
      putValue(this.form, name, isMultiple(this.form, name) ? values : (values[0] ?? ""));
    }
    this.form.elements.base.value = base;
    this.number = 0;
    this.show(this.told);
    this.form.dispatchEvent(new Event("change"));
  }

  /** Lists changed too: the site draws the whole form again, with both texts in it. */
  openAgain() {
    this.saving.pause();
    for (const [name, value] of [["reopen", "1"], ["chosen_on", String(this.number)]]) {
      const hidden = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      this.form.append(hidden);
    }
    HTMLFormElement.prototype.submit.call(this.form);
  }
}

function textOf(form) {
  return JSON.stringify(fieldsOf(form));
}

const OWN = new Set(["key", "base", "seen", "readers", "resumes", "page", "csrfmiddlewaretoken"]);

function namesOf(form) {
  const names = [...form.elements].map((control) => control.name).filter(Boolean);
  return new Set(names.filter((name) => !OWN.has(name) && !/-(?:TOTAL|INITIAL|M\w+)_FORMS$|-file$/.test(name)));
}

function isMultiple(form, name) {
  const found = controlsOf(form, name);
  return found[0]?.type === "checkbox";
}

function controlsOf(form, name) {
  return [...form.elements].filter((control) => control.name === name);
}

/** One control, or the boxes of one name; the text goes into the editor as one change. */
function putValue(form, name, value) {
  for (const control of controlsOf(form, name)) {
    if (control.kbEditor) control.kbEditor.putIn(value);
    else if (control.type === "checkbox") control.checked = value.includes(control.value);
    else if (control.type !== "file" && control.value !== value) {
      control.value = value;
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}
