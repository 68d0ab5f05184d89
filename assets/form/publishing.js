// « Publier »: the page is left only when the way is free, else it stays with its text.

import { say } from "./words.js";

const NOT_PUBLISHED = {
  offline: "notPublishedOffline",
  late: "notPublishedLate",
  lost: "notPublishedLost",
};
const STAYED_AFTER = 10000; // milliseconds
const JOURNAL_PATIENCE = 1000; // a slow device never keeps anybody from publishing

export class Publishing {
  constructor(form, label, saving, warnings, files) {
    Object.assign(this, { form, label, saving, warnings, files, isLeaving: false, isChecking: false });
    form.addEventListener("submit", (event) => this.submitted(event));
    form.addEventListener("keydown", refuseEnter);
  }

  submitted(event) {
    if (event.submitter?.matches("[data-kb-preview]")) return this.saving.writeJournal();
    event.preventDefault();
    if (!this.isChecking && !this.isLeaving) this.check();
  }

  async check() {
    this.isChecking = true;
    this.label.tell(say("checking"));
    await this.files.settled();
    const { seen } = this.warnings;
    await soon(this.saving.writeJournal());
    const answer = await this.saving.save();
    this.isChecking = false;
    if (answer.state !== "ok") this.refuse(answer);
    else if (answer.told.seen && answer.told.seen !== seen) this.warn();
    else this.leave();
  }

  refuse({ state, message }) {
    if (message || state === "refused") return this.label.tell(message);
    const link = this.label.told.querySelector("a");
    const kept = say(this.saving.isJournaled ? "isKept" : "isUnkept");
    const words = `${say(NOT_PUBLISHED[state])} ${kept}`;
    this.label.tell(state === "lost" ? words : `${words} ${say("tryAgain")}`, link);
  }

  /** Something was found at the last moment: it is shown, the next press publishes. */
  warn() {
    this.label.tell(say("readFirst"));
    this.warnings.focus();
  }

  leave() {
    this.isLeaving = true;
    this.saving.pause();
    setTimeout(() => this.stayed(), STAYED_AFTER);
    HTMLFormElement.prototype.submit.call(this.form);
  }

  /** The browser did not leave the page: the answer was lost on its way. */
  stayed() {
    this.isLeaving = false;
    this.saving.goOn();
    this.refuse({ state: "late" });
  }
}

function soon(promise) {
  return Promise.race([promise, new Promise((done) => setTimeout(done, JOURNAL_PATIENCE))]);
}

/** Enter in a line of text would press the first button of the form: nobody means that. */
function refuseEnter(event) {
  const control = event.target;
  if (event.key === "Enter" && control.matches("input:not([type=submit], [type=button])")) {
    event.preventDefault();
  }
}
