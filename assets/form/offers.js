// Texts not published that are found again when an editor opens: this device's journal beside
// the drafts of the server that the page already shows.

import { formerKeys, keyOf, tokenOf } from "./fields.js";
import { ask, freshToken } from "./server.js";
import { dateAndTime, say } from "./words.js";

const SAME_MOMENT = 3000; // milliseconds between a journal's writing and the server's

export class Offers {
  constructor(form, journal) {
    Object.assign(this, { form, journal, box: document.querySelector("[data-kb-found]") });
    for (const section of this.box.querySelectorAll("[data-kb-key]")) this.askOnce(section);
  }

  async look() {
    if (!this.journal) return;
    await this.journal.dropOld();
    const entries = await this.withoutPublished(await this.journal.entries());
    const skipped = new Set([keyOf(this.form), ...formerKeys(this.form)]);
    for (const entry of entries) {
      if (!skipped.has(entry.key) && this.isOfThisForm(entry)) this.offer(entry);
    }
  }

  /** Entries of forms that were published go away; when the server is silent all are kept. */
  async withoutPublished(entries) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", tokenOf(this.form));
    data.set("person", this.form.dataset.person);
    for (const key of [keyOf(this.form), ...entries.map((entry) => entry.key)]) {
      data.append("keys", key);
    }
    const answer = await ask(this.form, this.form.dataset.state, data);
    if (answer.state !== "ok") return entries;
    const published = new Set(answer.told.published);
    await this.journal.forget([...published]);
    if (published.has(keyOf(this.form))) location.reload(); // an old copy of the form
    return entries.filter((entry) => !published.has(entry.key));
  }

  /** The same page, even renamed since; or a new page of the same kind. */
  isOfThisForm(entry) {
    const { page, kind } = this.form.dataset;
    return page ? entry.page === page : !entry.page && entry.kind === kind;
  }

  offer(entry) {
    const shown = this.box.querySelector(`[data-kb-key="${entry.key}"]`);
    if (shown && entry.when < Date.parse(shown.dataset.kbWhen) + SAME_MOMENT) return;
    const section = shown ?? this.made(entry);
    this.name(section, entry);
    this.count();
    const resume = section.querySelector("[data-kb-resume]");
    resume.addEventListener("click", (event) => {
      event.preventDefault();
      this.resume(entry, section);
    });
  }

  /** By its title, its moment on this device and its first words. */
  name(section, entry) {
    const title = element("b", { dir: "auto" }, entry.title || say("untitled"));
    const moment = element("small", {}, say("found", dateAndTime(entry.when)));
    const words = firstWords(entry);
    section.querySelector("p").replaceChildren(title, " ", moment);
    section.querySelector("p.soft")?.remove();
    if (words) section.querySelector("p").after(element("p", { className: "soft", dir: "auto" }, words));
  }

  /** One line says how many there are, and opens. */
  count() {
    const { length } = this.box.querySelectorAll("[data-kb-key]");
    const words = length === 1 ? say("begunOne") : say("begunMany", { count: length });
    this.box.querySelector("[data-kb-begun]").textContent = words;
    this.box.hidden = length === 0 && !this.box.querySelector("[role=status]");
    if (length === 1 && this.form.dataset.page) this.box.open = true;
  }

  made(entry) {
    const section = element("div", { className: "note" });
    section.setAttribute("role", "group");
    section.dataset.kbKey = entry.key;
    section.setAttribute("aria-label", say("notPublishedText"));
    const row = element("p", { className: "row" });
    const resume = element("button", { type: "button", className: "btn" }, say("resume"));
    const discard = element("button", { type: "button", className: "btn" }, say("discard"));
    resume.dataset.kbResume = discard.dataset.kbDiscard = "";
    row.append(resume, " ", discard);
    section.append(element("p"), row);
    this.box.querySelector("[data-kb-texts]").append(section);
    this.askOnce(section);
    return section;
  }

  async resume(entry, section) {
    const way = await freshToken(this.form);
    if (way.state !== "ok") return this.note(section, say("cannotResume"));
    const sent = element("form", { method: "post", action: this.form.action, hidden: true });
    const extra = { reopen: "1", csrfmiddlewaretoken: tokenOf(this.form) };
    const fields = entry.fields.filter(([name]) => name !== "resumes");
    for (const [name, value] of [...fields, ["resumes", entry.key], ...Object.entries(extra)]) {
      const area = element("textarea", { name });
      area.value = value;
      sent.append(area);
    }
    document.body.append(sent);
    HTMLFormElement.prototype.submit.call(sent);
  }

  /** « Jeter » asks once, in place. */
  askOnce(section) {
    const discard = section.querySelector("[data-kb-discard]");
    const row = discard.closest(".row");
    discard.addEventListener("click", (event) => {
      event.preventDefault();
      const yes = element("button", { type: "button", className: "btn" }, say("discardYes"));
      const no = element("button", { type: "button", className: "btn" }, say("discardNo"));
      const sure = element("p", { className: "row" });
      sure.append(element("span", {}, say("discardSure")), " ", yes, " ", no);
      row.replaceWith(sure);
      yes.addEventListener("click", () => this.discard(section));
      no.addEventListener("click", () => {
        sure.replaceWith(row);
        discard.focus();
      });
      yes.focus();
    });
  }

  async discard(section) {
    const key = section.dataset.kbKey;
    const data = new FormData();
    data.set("csrfmiddlewaretoken", tokenOf(this.form));
    data.set("discard", key);
    const answer = await ask(this.form, this.form.dataset.state, data);
    if (answer.state !== "ok") return this.note(section, say("cannotResume"));
    await this.journal?.forget([key]);
    const said = element("p", { className: "soft", role: "status", tabIndex: -1 }, say("discarded"));
    section.replaceWith(said);
    this.count();
    said.focus();
  }

  note(section, text) {
    section.querySelector("[role=alert]")?.remove();
    const line = element("p", {}, text);
    line.setAttribute("role", "alert");
    section.append(line);
  }
}

const HEADINGS = "h2, h3, h4";
const FIRST_WORDS = 140;

/** What a text of the journal begins with, its headings left out. */
function firstWords({ fields }) {
  const [, body = ""] = fields.find(([name]) => name === "body") ?? [];
  const read = new DOMParser().parseFromString(body, "text/html").body;
  for (const heading of read.querySelectorAll(HEADINGS)) heading.remove();
  const words = read.textContent.trim().replace(/\s+/g, " ");
  return words.length <= FIRST_WORDS ? words : `${words.slice(0, FIRST_WORDS)}…`;
}

function element(name, properties = {}, text = "") {
  const made = Object.assign(document.createElement(name), properties);
  if (text) made.textContent = text;
  return made;
}
