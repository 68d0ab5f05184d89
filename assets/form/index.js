// The form around the text: nothing typed is lost. See body/index.js for the text itself.

import { fieldsOf, snapshot } from "./fields.js";
import { Files } from "./files.js";
import { openJournal } from "./journal.js";
import { Label } from "./label.js";
import { mountNaming } from "./naming.js";
import { News } from "./news.js";
import { Offers } from "./offers.js";
import { Presence } from "./presence.js";
import { Publishing } from "./publishing.js";
import { Rows } from "./rows.js";
import { SameTitles } from "./same.js";
import { Saving } from "./saving.js";
import { Warnings } from "./warnings.js";
import { say } from "./words.js";

/** Brings the form of the page to life, its text first: `mountBody` makes the editor of it. */
export async function mountForm({ mountBody }) {
  const form = document.querySelector("[data-kb-form]");
  for (const text of document.querySelectorAll("[data-kb-body]")) mountText(mountBody, text);
  if (!form) return;
  for (const group of form.querySelectorAll("[data-kb-rows]")) new Rows(group, form);
  mountNaming(form);
  const files = new Files(form);
  const first = snapshot(fieldsOf(form));
  const label = new Label(form);
  const warnings = new Warnings(form);
  const presence = new Presence(form, (words) => label.tell(words));
  const isShared = "shared" in form.dataset; // others will sit there: the site keeps all
  const journal = isShared ? null : await openJournal(form.dataset.person);
  document.querySelector("[data-kb-kept]").textContent = say(journal ? "keptHere" : "keptBySite");
  const same = new SameTitles(form);
  let news = null;
  const saving = new Saving(form, label, journal, first, (told) => {
    warnings.show(told);
    presence.show(told.others);
    same.show(told.same);
    news.show(told.news);
  });
  news = new News(form, label, saving);
  presence.heard = (told) => news.show(told.news);
  if (form.elements.resumes) presence.beat(); // published since it was put aside?
  const publishing = new Publishing(form, label, saving, warnings, files);
  watch(saving, publishing, presence, form);
  form.dataset.kbReady = "";
  await new Offers(form, journal).look();
}

/** When the editor fails the text area stays, and all the rest works. */
function mountText(mountBody, text) {
  try {
    mountBody(text);
  } catch (error) {
    console.error(error);
  }
}

function watch(saving, publishing, presence, form) {
  addEventListener("online", () => saving.tryAgain());
  addEventListener("focus", () => saving.tryAgain());
  addEventListener("offline", () => saving.isDirty && saving.label.offline(saving.isJournaled));
  addEventListener("pagehide", () => publishing.isLeaving || saving.leave());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && !publishing.isLeaving) saving.leave();
    if (!document.hidden) saving.tryAgain();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted && publishing.isLeaving) location.replace(form.action);
    else if (event.persisted) presence.beat();
  });
  addEventListener("beforeunload", (event) => {
    const isSafe = saving.isJournaled || publishing.isLeaving || !saving.isDirty;
    if (!isSafe && !saving.journal) event.preventDefault();
  });
}
