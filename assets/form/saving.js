// Keeping what is typed: in the journal at once, in the draft of the server soon after.

import { asData, fieldsOf, formerKeys, keyOf, newKey, snapshot } from "./fields.js";
import { ask, freshToken } from "./server.js";
import { say } from "./words.js";

const JOURNAL_AFTER = 300; // milliseconds after a change
const SAVE_AFTER = 2000;
const SAVE_AT_MOST = 8000;
const TRY_AGAIN = 10000;
const YEAR_2026 = 1_767_225_600; // seconds
const LOOK_AGAIN = 5000; // for a session that is lost

export class Saving {
  /** `first`: what the form held when it was opened; `heard` gets each good answer. */
  constructor(form, label, journal, first, heard) {
    Object.assign(this, { form, label, journal, heard, first, turn: 0, timers: {}, state: "idle" });
    // A resumed text is saved at once, but when the site has the very same one already.
    this.kept = formerKeys(form).length && !("kept" in form.dataset) ? "" : first;
    this.dirtySince = 0;
    this.running = null;
    this.isPaused = false;
    this.published = null; // the text sent by « Publier »
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    this.changed();
    if (!journal) label.tell(say("noJournal"));
  }

  get isDirty() {
    return snapshot(fieldsOf(this.form)) !== this.kept;
  }

  changed() {
    clearTimeout(this.timers.journal);
    if (!this.isPaused) this.timers.journal = setTimeout(() => this.look(), JOURNAL_AFTER);
  }

  /** Something may have changed: write the journal, and save soon. */
  look() {
    const fields = fieldsOf(this.form);
    const now = snapshot(fields);
    const isToldSaved = now === this.kept && !this.label.first.saved;
    if (this.state === "idle" && now === this.first && !isToldSaved) this.label.untouched();
    if (now === this.kept) return;
    this.writeJournal(fields);
    this.dirtySince ||= Date.now();
    if (this.state === "idle" && now !== this.first) this.label.notSaved();
    if (this.state === "lost" || this.isPaused) return;
    const left = SAVE_AT_MOST - (Date.now() - this.dirtySince);
    this.saveAfter(Math.max(0, Math.min(SAVE_AFTER, left)));
  }

  saveAfter(delay) {
    clearTimeout(this.timers.save);
    this.timers.save = setTimeout(() => this.save(), delay);
  }

  async writeJournal(fields = fieldsOf(this.form)) {
    if (!this.journal) return false;
    try {
      await this.journal.write(this.entry(fields));
      this.isJournaled = true;
      this.form.dataset.kbJournaled = keyOf(this.form);
    } catch {
      this.isJournaled = false;
    }
    return this.isJournaled;
  }

  entry(fields) {
    const { page, kind } = this.form.dataset;
    const { title, base } = this.form.elements;
    return {
      ...{ key: keyOf(this.form), page, kind, fields, when: Date.now() },
      ...{ address: this.form.getAttribute("action"), title: title.value, base: base.value },
    };
  }

  /** One saving at a time: an older one must never arrive after a newer one. */
  async save(options) {
    while (this.running) await this.running;
    this.running = this.saveNow(options).finally(() => (this.running = null));
    return this.running;
  }

  async saveNow(options = {}) {
    clearTimeout(this.timers.save);
    const fields = fieldsOf(this.form);
    const data = asData(this.form, fields);
    // By the clock: after a refusal the same form begins again, and what it saves comes after.
    this.turn = Math.max(this.turn + 1, Math.floor(Date.now() / 1000) - YEAR_2026);
    data.set("turn", String(this.turn));
    const answer = await ask(this.form, this.form.dataset.save, data, options);
    const sent = snapshot(fields);
    if (answer.told?.published && sent !== this.published) return this.goUnderNewKey(answer.told);
    this.after(answer, sent);
    return answer;
  }

  /** This form was published, and its text was changed again: it goes on as another form. */
  goUnderNewKey({ published }) {
    this.form.elements.key.value = newKey();
    this.form.elements.base.value = published;
    return this.saveNow();
  }

  after(answer, sent) {
    clearTimeout(this.timers.again);
    const before = this.state;
    this.state = answer.state === "ok" ? "idle" : answer.state;
    if (answer.state === "ok") this.wasSaved(answer.told, sent, before);
    else this.wasNotSaved(answer);
  }

  wasSaved(told, sent, before) {
    this.kept = sent;
    this.dirtySince = 0;
    this.label.tell(told.lost ?? (before === "lost" ? say("back") : ""));
    if (told.saved_at && sent === this.first && this.label.first.saved) this.label.untouched();
    else if (told.saved_at && !this.isDirty) this.label.saved(told.saved_at);
    else this.label.notSaved();
    this.journal?.forget(formerKeys(this.form)).catch(() => {});
    if (told.saved_at) this.heard(told);
    this.look();
  }

  wasNotSaved({ state, message }) {
    if (state === "offline") this.label.offline(this.isJournaled);
    else this.label.notSaved();
    if (state === "late") this.label.tell(say(this.isJournaled ? "late" : "lateUnkept"));
    if (state === "lost") return this.waitForLogin(message);
    if (state === "refused") return this.wasRefused(message);
    this.timers.again = setTimeout(() => this.save(), TRY_AGAIN);
  }

  wasRefused(message) {
    this.label.tell(message);
    this.state = "idle";
  }

  /** `message`: somebody else has logged in meanwhile. */
  waitForLogin(message) {
    const link = document.createElement("a");
    Object.assign(link, { href: this.form.dataset.login, target: "_blank", rel: "opener" });
    link.textContent = say("logIn");
    this.label.tell(message ?? say(this.isJournaled ? "lost" : "lostUnkept"), message ? null : link);
    this.timers.again = setTimeout(() => this.lookForLogin(), LOOK_AGAIN);
  }

  async lookForLogin() {
    clearTimeout(this.timers.again);
    if (this.state !== "lost") return;
    const answer = document.hidden ? { state: "lost" } : await freshToken(this.form);
    if (answer.state === "ok") this.save();
    else this.timers.again = setTimeout(() => this.lookForLogin(), LOOK_AGAIN);
  }

  /** « Publier » sends the form: nothing more is saved meanwhile. */
  pause() {
    Object.values(this.timers).forEach(clearTimeout);
    this.isPaused = true;
    this.published = snapshot(fieldsOf(this.form));
  }

  goOn() {
    this.isPaused = false;
    this.changed();
  }

  /** The network, the login or the reader may be back. */
  tryAgain() {
    if (this.state === "lost") this.lookForLogin();
    else if (this.state !== "idle") this.save();
  }

  /** The page may be closed in a moment: what was typed leaves now. */
  leave() {
    clearTimeout(this.timers.journal);
    if (!this.isDirty) return;
    this.writeJournal();
    if (this.state === "idle" && !this.running) this.save({ leaving: true });
  }
}
