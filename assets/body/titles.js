// Titles of the site's pages, asked of the server while one types.
import { say } from "./words.js";

const PAUSE = 180; // milliseconds without a key before the server is asked

export class Titles {
  constructor(address) {
    Object.assign(this, { address, known: new Map(), asked: 0 });
  }

  /**
   * Call `answer` with the pages found, or with null when the network does not answer.
   * An answer that comes after a newer question is dropped.
   */
  ask(query, answer) {
    this.forget();
    const number = this.asked;
    const tell = (pages) => number === this.asked && answer(pages);
    if (this.known.has(query)) return void tell(this.known.get(query));
    this.timer = setTimeout(() => this.fetch(query).then(tell, () => tell(null)), PAUSE);
  }

  forget() {
    clearTimeout(this.timer);
    this.flight?.abort();
    this.asked += 1;
  }

  fetch(query) {
    this.flight = new AbortController();
    return this.pages(query, this.flight.signal);
  }

  /** The page with this very title, or at this address of the site (« /lieux/ »), asked of the
      server unless it is known; else undefined. */
  async page(title) {
    if (!this.known.has(title)) await this.pages(title).catch(() => null);
    return this.exactly(title) ?? this.at(title);
  }

  at(address) {
    const found = address.startsWith("/") ? (this.known.get(address) ?? []) : [];
    return found.find((page) => withoutSlash(page.address) === withoutSlash(address));
  }

  async pages(query, signal) {
    const url = `${this.address}?q=${encodeURIComponent(query)}`;
    const answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    const { pages } = await answer.json();
    this.known.set(query, pages);
    return pages;
  }

  /** The page with this very title among those seen; case, accents and kinds of quotes aside. */
  exactly(title) {
    const wanted = plain(title);
    const seen = [...this.known.values()].flat();
    return seen.find((page) => plain(page.title) === wanted);
  }
}

const withoutSlash = (address) => address?.replace(/\/$/, "");

const SPELT_OUT = [
  [/[‘’ʼ′´`]/g, "'"],
  [/[“”„«»]/g, '"'],
  [/[‐‑‒–—―−]/g, "-"],
  [/œ/g, "oe"],
  [/æ/g, "ae"],
  [/\p{M}/gu, ""],
  [/\s+/g, " "],
];

/** As wiki/text/titles.py folds titles. */
function plain(title) {
  const folded = title.normalize("NFKD").toLowerCase();
  return SPELT_OUT.reduce((text, [signs, plainly]) => text.replace(signs, plainly), folded).trim();
}

export function pageLink(page) {
  return { href: null, linktype: "page", id: String(page.id), title: null };
}

export function wantedLink(title) {
  return { href: null, linktype: "wanted", id: null, title };
}

/** What the writer may choose for these words: pages found, then the page to write. */
export function choicesFor(query, pages, titles) {
  const found = (pages ?? []).map((page) => ({
    label: page.title,
    note: page.kind_name,
    words: page.title,
    attrs: pageLink(page),
  }));
  const title = query.trim();
  if (!title || titles.exactly(title)) return found;
  const label = say("wanted_page", { title });
  return [...found, { label, words: title, attrs: wantedLink(title), wanted: true }];
}

/** What is said above the choices. */
export function statusOf(query, pages) {
  if (!query.trim()) return say("type_a_title");
  if (pages === undefined) return say("searching");
  if (pages === null) return say("no_network_titles");
  return pages.length ? "" : say("no_title");
}
