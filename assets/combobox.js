/* Propositions under a field while one types: an ARIA 1.2 combobox whose options are groups of
   pages that the site gives. What is done with the chosen one is said by those that extend it. */
import { Listbox } from "./listbox.js";

const WAIT = 120; // milliseconds without a key before the site is asked
const SHORTEST = 2; // letters
const KEPT_FOR = 60_000; // milliseconds an answer is believed
const MOST_KEPT = 40; // answers in memory
const ROOM = 260; // pixels under the field; with less of them the page scrolls up

export class Combobox {
  /** `words`: what is said, by the names of `components/names.html`; `address`: where it asks;
      `holder`: what holds the list, right after the field. */
  constructor(input, { holder, words, address, id }) {
    Object.assign(this, { input, holder, words, address, id });
    this.answers = new Map();
    this.turn = 0;
    this.listbox = new Listbox(this.input);
    this.build();
    this.listen();
  }

  build() {
    this.list = element("div", { className: "proposals", id: this.id, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.words.kbLabel);
    this.said = element("p", { className: "vh" });
    this.said.setAttribute("role", "status");
    this.input.after(this.list);
    this.holder.append(this.said);
    const said = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list" };
    const about = { ...said, "aria-controls": this.list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(about)) this.input.setAttribute(name, value);
  }

  listen() {
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => event.isComposing || this.key(event));
    this.input.addEventListener("blur", () => this.close());
    // The field keeps the keyboard while one presses or scrolls the list.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("mousemove", (event) => this.pointed(event));
    addEventListener("pagehide", () => this.close());
    visualViewport?.addEventListener("resize", () => this.list.hidden || this.fit());
  }

  /* From now on an answer to what stood in the field is late: it must not stop this timer. */
  typed() {
    clearTimeout(this.timer);
    this.turn += 1;
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  get asked() {
    return this.input.value.trim().replace(/\s+/g, " ").slice(0, 255);
  }

  /* Only the answer to what stands in the field is shown: an older one that comes late is not. */
  async ask() {
    const { asked } = this;
    this.turn += 1;
    const { turn } = this;
    this.request?.abort();
    if ((asked.match(/[\p{L}\p{N}]/gu) ?? []).length < SHORTEST) return this.close();
    const kinds = this.known(asked) ?? (await this.fetched(asked));
    if (turn === this.turn && asked === this.asked && kinds && this.hasFocus) this.show(kinds, asked);
    else if (turn === this.turn) this.close();
  }

  get hasFocus() {
    return document.activeElement === this.input;
  }

  known(asked) {
    const kept = this.answers.get(asked);
    return kept && Date.now() - kept.when < KEPT_FOR ? kept.kinds : undefined;
  }

  async fetched(asked) {
    this.request = new AbortController();
    const mark = this.address.includes("?") ? "&" : "?";
    try {
      const address = `${this.address}${mark}q=${encodeURIComponent(asked)}`;
      const answer = await fetch(address, { signal: this.request.signal });
      const { kinds } = await answer.json();
      this.keep(asked, kinds);
      return kinds;
    } catch {
      return null; // no network, no propositions: the form still goes
    }
  }

  keep(asked, kinds) {
    if (this.answers.size >= MOST_KEPT) this.answers.delete(this.answers.keys().next().value);
    this.answers.set(asked, { kinds, when: Date.now() });
  }

  show(kinds, asked) {
    const typed = wordsOf(asked);
    this.list.replaceChildren(...kinds.map((kind, rank) => this.group(kind, rank, typed)));
    const options = [...this.list.querySelectorAll("[role=option]")];
    for (const [rank, option] of options.entries()) option.id = `${this.list.id}-${rank}`;
    this.listbox.hold(options);
    this.say(options.length);
    if (!options.length) return this.close(false);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.list.scrollTop = 0;
    this.fit();
  }

  group({ kind, pages }, rank, typed) {
    const group = element("div");
    const name = element("p", { className: "label", id: `${this.list.id}-kind-${rank}` });
    name.textContent = kind;
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", name.id);
    name.setAttribute("role", "presentation");
    group.append(name, ...pages.map((page) => this.option(page, typed)));
    return group;
  }

  option({ title, address, wording }, typed) {
    const link = element("a", { href: address, tabIndex: -1 });
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    const name = element("span");
    name.append(...marked(wording ?? title, typed));
    link.append(name);
    if (wording) {
      name.className = "wording";
      link.append(" ", element("small", { textContent: this.words.kbWording.replace("{title}", title) }));
    }
    return link;
  }

  say(count) {
    const { kbNone, kbOne, kbMany } = this.words;
    this.said.textContent = count > 1 ? kbMany.replace("{number}", count) : count ? kbOne : kbNone;
  }

  /* The list ends above the keyboard of a phone, and scrolls inside. */
  fit() {
    const { offsetTop = 0, height = innerHeight } = visualViewport ?? {};
    const { above } = this;
    const field = this.input.getBoundingClientRect();
    const floor = offsetTop + height - this.covered;
    const left = floor - above.getBoundingClientRect().bottom;
    if (left < Math.min(ROOM, this.list.scrollHeight)) {
      scrollBy({ top: field.top - offsetTop - 8, behavior: "instant" });
    }
    this.list.style.top = `${above.offsetTop + above.offsetHeight}px`;
    const room = floor - above.getBoundingClientRect().bottom;
    this.list.style.maxHeight = `${Math.max(120, room - 12)}px`;
  }

  /* What the list stands under. */
  get above() {
    return this.input;
  }

  /* Pixels at the bottom of the screen that something else covers. */
  get covered() {
    return 0;
  }

  close(silent = true) {
    clearTimeout(this.timer);
    this.turn += 1;
    this.list.hidden = true;
    this.listbox.hold([]);
    this.input.setAttribute("aria-expanded", "false");
    if (silent) this.said.textContent = "";
  }

  key(event) {
    const action = this.list.hidden ? this.whenClosed(event.key) : this.whenOpen(event.key);
    if (!action) return;
    event.preventDefault();
    action();
  }

  whenClosed(key) {
    return key === "ArrowDown" && this.asked ? () => this.ask() : null;
  }

  /* From the field, down goes to the first proposition and up to the last one; beyond the
     list one is back in the field. Home and End are the field's until one is in the list. */
  whenOpen(key) {
    const { chosen, options } = this.listbox;
    const rank = this.listbox.rankAfter(key, true);
    if (rank !== null) return () => this.choose(rank);
    if (key === "Home" && chosen) return () => this.choose(0);
    if (key === "End" && chosen) return () => this.choose(options.length - 1);
    if (key === "Escape") return () => this.close();
    if (key === "Enter" && chosen) return () => chosen.click();
    return null;
  }

  choose(rank) {
    this.listbox.choose(rank);
    if (rank === 0) this.list.scrollTop = 0;
    else this.listbox.chosen?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  pointed(event) {
    const rank = this.listbox.options.indexOf(event.target.closest("[role=option]"));
    if (rank >= 0 && rank !== this.listbox.active) this.listbox.choose(rank);
  }
}

export function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}

function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function wordsOf(text) {
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).map(fold);
}

/* The text in pieces, the words that were typed in bold, and those begun with three letters. */
function marked(text, typed) {
  return text.split(/([\p{L}\p{N}]+)/u).map((piece, rank) => {
    const word = fold(piece);
    const isTyped = rank % 2 && typed.some((t) => t === word || (t.length > 2 && word.startsWith(t)));
    return isTyped ? element("b", { textContent: piece }) : piece;
  });
}
