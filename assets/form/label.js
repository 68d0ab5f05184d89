// The two lines beside « Publier »: where the text stands, and what went wrong.

import { say } from "./words.js";

export class Label {
  constructor(form) {
    this.status = form.querySelector("[data-kb-status]");
    this.told = form.querySelector("[data-kb-told]");
    this.spoken = "";
    this.first = { text: this.status.textContent, saved: !this.status.matches(".not") };
  }

  /** Nothing is changed any more: the page stands as it was opened. */
  untouched() {
    this.show(this.first.text, { saved: this.first.saved });
  }

  /** `aloud`: screen readers say it; the rest of the time they would chatter at each word. */
  show(text, { saved = false, aloud = false } = {}) {
    if (this.status.textContent === text) return;
    this.status.setAttribute("aria-live", aloud ? "polite" : "off");
    this.status.classList.toggle("not", !saved);
    this.status.textContent = text;
  }

  notSaved() {
    this.show(say("notSaved"));
  }

  saved(time) {
    const first = this.spoken !== "saved";
    this.spoken = "saved";
    this.show(say("saved", { time }), { saved: true, aloud: first });
  }

  offline(isKept) {
    const first = this.spoken !== "offline";
    this.spoken = "offline";
    this.show(say(isKept ? "offline" : "offlineUnkept"), { aloud: first });
  }

  /** One thing that went wrong or that must be done; empty words take it away. */
  tell(text, link = null) {
    if (this.told.textContent === text && !link) return;
    this.told.replaceChildren(text);
    if (link) this.told.append(" ", link);
  }
}
