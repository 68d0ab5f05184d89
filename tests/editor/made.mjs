// Bodies drawn at random, the same at each run: what a test finds once, it finds again.

/** Numbers below 1 from a seed (mulberry32). */
export function drawing(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class Maker {
  constructor(seed) {
    this.draw = drawing(seed);
  }

  below(count) {
    return Math.floor(this.draw() * count);
  }

  one(choices) {
    return choices[this.below(choices.length)];
  }

  many(most, make) {
    return Array.from({ length: 1 + this.below(most) }, make);
  }

  /** Words as they are stored: no blank at an end, none in a row. */
  words() {
    return this.many(3, () => this.one(["été", "L’aide", "a &amp; b", "&lt;p&gt;", "🙂", "a\u00a0b", "x"])).join(" ");
  }

  dressed() {
    const tag = this.one(["strong", "em", "sub", "sup", "code"]);
    const links = ['href="/themes/"', 'linktype="page" id="7"', 'linktype="wanted" title="Un &quot;titre&quot;"'];
    return this.one([
      () => `<${tag}>${this.words()}</${tag}>`,
      () => `<a ${this.one(links)}><strong>${this.words()}</strong></a>`,
      () => '<embed embedtype="image" id="3" alt="a &lt; b" format="left">',
    ])();
  }

  inline() {
    const middle = this.draw() < 0.5 ? ` ${this.dressed()} ` : " ";
    return this.words() + middle + this.words() + this.one(["", "", "<br>0"]);
  }

  heading() {
    const level = this.one("234");
    return `<h${level}>${this.inline()}</h${level}>`;
  }

  list(depth) {
    const [tag, attributes] = this.one([["ul"], ["ol"], ["ol", ' start="4"'], ["ol", ' type="a"']]);
    const below = () => (depth > 0 && this.draw() < 0.4 ? this.list(depth - 1) : "");
    const items = this.many(3, () => `<li>${this.inline()}${below()}</li>`);
    return `<${tag}${attributes ?? ""}>${items.join(this.blank())}</${tag}>`;
  }

  checks() {
    const items = this.many(3, () => `<li${this.one(["", ' class="done"'])}>${this.inline()}</li>`);
    return `<ul class="check">${items.join("")}</ul>`;
  }

  table() {
    const columns = 1 + this.below(3);
    const cells = (tag) => Array.from({ length: columns }, () => `<${tag}>${this.words()}</${tag.slice(0, 2)}>`);
    const row = (tag) => `<tr>${cells(tag).join("")}</tr>`;
    const head = this.one(["", `<thead>${row('th scope="col"')}</thead>`]);
    const caption = this.one(["", `<caption>${this.inline()}</caption>`]);
    const rows = this.many(3, () => row("td"));
    return `<table>${caption}${head}<tbody>${rows.join("")}</tbody></table>`;
  }

  /** Paragraphs and lists in a frame. */
  framed(start, end) {
    const inside = () => this.one([() => `<p>${this.inline()}</p>`, () => this.list(0)])();
    return start + this.many(2, inside).join(this.blank()) + end;
  }

  block() {
    return this.one([
      () => `<p>${this.inline()}</p>`,
      () => this.heading(),
      () => this.list(2),
      () => this.checks(),
      () => this.table(),
      () => this.framed(`<div class="${this.one(["note", "note warn", "note eg"])}">`, "</div>"),
      () => this.framed("<blockquote>", "</blockquote>"),
      () => "<hr>",
    ])();
  }

  blank() {
    return this.one(["", "\n"]);
  }

  /** A body in the form that saving gives, but for the blanks between its blocks. */
  body() {
    const next = () => this.one(["", "\n", " \n\n", "\t"]) + this.block();
    return this.block() + this.many(6, next).join("");
  }
}

/** As many bodies as said, each of its own seed. */
export function bodies(count) {
  return Array.from({ length: count }, (_, seed) => new Maker(seed).body());
}

/** How many milliseconds of a processor this takes, whatever else the machine does. */
export function duration(act) {
  const start = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
