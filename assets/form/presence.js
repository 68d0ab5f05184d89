// Who else edits the page, and the sign of life of this form.

import { keyOf, tokenOf } from "./fields.js";
import { ask } from "./server.js";
import { say } from "./words.js";

const BEAT = 30000; // milliseconds

export class Presence {
  /** `lost` is called with what to say when the page was put in the trash. */
  constructor(form, lost) {
    Object.assign(this, { form, lost });
    this.line = document.querySelector("[data-kb-present]");
    if (!form.dataset.page) return;
    setInterval(() => this.beat(), BEAT);
    addEventListener("pagehide", () => this.leave());
  }

  async beat() {
    if (document.hidden || !this.form.dataset.page) return;
    const answer = await ask(this.form, this.form.dataset.presence, this.data());
    if (answer.state === "ok") this.show(answer.told.others);
    if (answer.state === "ok") this.heard?.(answer.told);
    if (answer.told?.lost) this.lost(answer.told.lost);
  }

  show(others = []) {
    const text = others.length ? `${others.join(" ")} ${say("calm")}` : "";
    if (this.line.textContent.trim() !== text) this.line.textContent = text;
  }

  leave() {
    const data = this.data();
    data.set("leaves", "1");
    navigator.sendBeacon?.(this.form.dataset.presence, data);
  }

  data() {
    const data = new FormData();
    const { page, person } = this.form.dataset;
    const values = { page, person, key: keyOf(this.form), base: this.form.elements.base.value };
    for (const [name, value] of Object.entries(values)) data.set(name, value);
    data.set("csrfmiddlewaretoken", tokenOf(this.form));
    return data;
  }
}
