// The journal: what is typed, kept by this browser (IndexedDB) at once, with or without network.
// An entry is {id, person, key, page, kind, title, fields, base, when}.

const NAME = "passerelles-journal";
const STORE = "texts";
const KEPT = 30 * 24 * 3600 * 1000; // milliseconds

export async function openJournal(person) {
  try {
    return new Journal(await open(), person);
  } catch {
    return null; // private windows and full disks refuse: the server's drafts remain
  }
}

function open() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      const store = asked.result.createObjectStore(STORE, { keyPath: "id" });
      store.createIndex("person", "person");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
    asked.onblocked = () => failed(new Error("blocked"));
  });
}

class Journal {
  constructor(database, person) {
    this.database = database;
    this.person = person;
    database.onversionchange = () => database.close();
  }

  /** Resolves once the entry is written; rejects when it is not. */
  write(entry) {
    const id = this.idOf(entry.key);
    return this.change((store) => store.put({ ...entry, id, person: this.person }));
  }

  forget(keys) {
    return this.change((store) => {
      for (const key of keys) store.delete(this.idOf(key));
    });
  }

  /** This person's entries, the newest first; those of others on this device are never read. */
  async entries() {
    const asked = this.store("readonly").index("person").getAll(this.person);
    const found = await new Promise((done, failed) => {
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
    return found.sort((one, other) => other.when - one.when);
  }

  /** Entries too old to be wanted, whoever wrote them. */
  async dropOld() {
    const limit = Date.now() - KEPT;
    await this.change((store) => {
      store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor) return;
        if (cursor.value.when < limit) cursor.delete();
        cursor.continue();
      };
    });
  }

  idOf(key) {
    return `${this.person}:${key}`;
  }

  store(mode) {
    return this.database.transaction(STORE, mode).objectStore(STORE);
  }

  change(act) {
    return new Promise((done, failed) => {
      const store = this.store("readwrite");
      store.transaction.oncomplete = () => done();
      store.transaction.onabort = () => failed(store.transaction.error);
      store.transaction.onerror = () => failed(store.transaction.error);
      act(store);
    });
  }
}
