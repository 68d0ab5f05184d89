// What looks like somebody's secret in the text: told before publishing, never an obstacle.

import { say } from "./words.js";

export class Warnings {
  constructor(form) {
    this.form = form;
    this.box = form.querySelector("[data-kb-warnings]");
    this.list = form.querySelector("[data-kb-warned]");
    this.button = form.querySelector("[data-kb-publish]");
    this.shown = this.box.hidden ? "" : form.elements.seen.value;
  }

  /** As one types: the list follows; what is shown counts as seen. */
  show({ warnings = [], seen = "" }) {
    if (seen === this.shown) return;
    this.list.replaceChildren(...warnings.map(line));
    this.box.hidden = !warnings.length;
    this.button.textContent = warnings.length ? say("publishAnyway") : say("publish");
    this.form.elements.seen.value = this.shown = seen;
  }

  focus() {
    this.box.focus();
    this.box.scrollIntoView({ block: "center" });
  }
}

function line(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}
