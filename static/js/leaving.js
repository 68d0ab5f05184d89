/* Logging out leaves nothing of one's texts in this browser: what the site does not have yet goes
   to one's drafts first; what cannot is said, and a second press leaves it. */

const NAME = "passerelles-journal"; // as assets/form/journal.js names it
const STORE = "texts";
const SAME_MOMENT = 3000; // milliseconds between a journal's writing and the server's
const PATIENCE = 15000;

/** The journal of this browser, or null where there is none. */
function opened() {
  return new Promise((done) => {
    const asked = indexedDB.open(NAME);
    asked.onupgradeneeded = () => asked.transaction.abort(); // nothing is made here
    asked.onsuccess = () => done(asked.result);
    asked.onerror = asked.onblocked = () => done(null);
  });
}

function asked(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

function store(database, mode) {
  return database.transaction(STORE, mode).objectStore(STORE);
}

async function post(address, data) {
  const stop = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(address, { method: "POST", body: data, signal: stop, redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function dataOf(form, pairs) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.set("person", form.dataset.kbPerson);
  for (const [name, value] of pairs) data.append(name, value);
  return data;
}

/** The entries that the site has not, neither published nor among the drafts. */
async function unknownToTheSite(form, entries) {
  const keys = entries.map(({ key }) => ["keys", key]);
  const { published, drafts } = await post(form.dataset.kbState, dataOf(form, keys));
  return entries.filter(({ key, when }) => {
    const isKept = drafts[key] && when < Date.parse(drafts[key]) + SAME_MOMENT;
    return !published.includes(key) && !isKept;
  });
}

/** As a draft of its own, that goes on from the one of this key: an older one never hides it. */
function keep(form, entry) {
  const fields = entry.fields.filter(([name]) => name !== "key" && name !== "person");
  const own = { key: crypto.randomUUID(), page: entry.page ?? "", kind: entry.kind ?? "" };
  const pairs = [...fields, ["resumes", entry.key], ...Object.entries(own)];
  return post(form.dataset.kbSave, dataOf(form, pairs));
}

async function empty(database, entries) {
  const rows = store(database, "readwrite");
  await Promise.all(entries.map(({ id }) => asked(rows.delete(id))));
}

function say(form, entries) {
  const titles = entries.map(({ title }) => `« ${title || "…"} »`).join(", ");
  const note = form.querySelector("[data-kb-left]");
  note.hidden = false;
  note.querySelector("[data-kb-titles]").textContent = titles;
  note.focus();
}

/** Whether one may go: nothing is left here, or one was told of what is. */
async function mayGo(form) {
  const database = await opened();
  if (!database) return true;
  const mine = store(database, "readonly").index("person");
  const entries = await asked(mine.getAll(form.dataset.kbPerson));
  if (!entries.length || form.dataset.kbTold) return empty(database, entries).then(() => true);
  try {
    for (const entry of await unknownToTheSite(form, entries)) await keep(form, entry);
  } catch {
    form.dataset.kbTold = "1"; // the next press leaves them
    say(form, entries);
    return false;
  }
  await empty(database, entries);
  return true;
}

const form = document.querySelector("[data-kb-leaving]");
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const goes = await mayGo(form).catch(() => true);
  if (goes) HTMLFormElement.prototype.submit.call(form);
});
