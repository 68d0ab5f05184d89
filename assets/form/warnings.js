// What looks like somebody's secret in the text: told before publishing, never an obstacle.

import { say } from "./words.js";

export class Warnings {
  constructor(form) {
    this.form = form;
    this.box = form.querySelector("[data-kb-warnings]");
    this.advice = form.querySelector("[data-kb-advice]");
    this.list = form.querySelector("[data-kb-warned]");
    this.button = form.querySelector("[data-kb-publish]");
    this.shown = this.seen;
    this.isInView = false;
    new IntersectionObserver((entries) => this.moved(entries.at(-1).isIntersecting)).observe(this.box);
  }

  get seen() {
    return this.form.elements.seen.value;
  }

  /** As one types: the list follows; it is seen once it is under one's eyes. */
  show({ warnings = [], seen = "", advice = "" }) {
    if (seen === this.shown) return;
    this.list.replaceChildren(...warnings.map(line));
    this.advice.textContent = advice;
    this.box.hidden = !warnings.length;
    this.shown = seen;
    if (!seen || this.isInView) this.acknowledge();
    else this.button.textContent = say("publish");
  }

  moved(isInView) {
    this.isInView = isInView;
    if (isInView) this.acknowledge();
  }

  acknowledge() {
    this.form.elements.seen.value = this.shown;
    this.button.textContent = this.shown ? say("publishAnyway") : say("publish");
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
