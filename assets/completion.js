/* Propositions while one types in a search form marked `data-kb-find`: links, by kind. Without
   this file, or without the network, the form searches as any form does. */
import { Combobox } from "./combobox.js";

class Completion extends Combobox {
  constructor(form, number) {
    const words = form.dataset;
    const id = `kb-proposals-${number}`;
    super(form.querySelector("[name=q]"), { holder: form, words, address: words.kbFind, id });
    form.addEventListener("submit", () => this.close());
  }

  /* The button when it is below the field, so that one may still press it. */
  get above() {
    const button = this.holder.querySelector("button[type=submit]");
    const isBelow = button && button.offsetTop >= this.input.offsetTop + this.input.offsetHeight;
    return isBelow ? button : this.input;
  }
}

for (const [number, form] of document.querySelectorAll("[data-kb-find]").entries()) new Completion(form, number);
