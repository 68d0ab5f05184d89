// The stored HTML cut into pieces, each with its very bytes.

const TAG = /<!--[\s\S]*?-->|<(\/?)([a-zA-Z][\w-]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>/g;
const VOID = new Set(["br", "hr", "embed", "img", "col", "wbr", "input"]);
const BLOCKS = new Set(
  (
    "p h1 h2 h3 h4 h5 h6 ul ol li blockquote hr div table caption thead tbody tfoot tr td th " +
    "figure figcaption section article pre dl dt dd"
  ).split(" "),
);
const NOT_BLANK = /[^ \t\n\r\f]/;
const TRAILING_BLANK = /[ \t\n\r\f]*$/;

class BadNesting extends Error {}

/**
 * The blocks standing side by side in `html`; words outside any block are one piece.
 *
 * Gives `{ pieces: [{ before, html, tag }], after }`, whose strings joined are `html` again,
 * or null when it is not well nested. `tag` is "" for words without a block.
 */
export function split(html) {
  const cutter = new Cutter(html);
  try {
    for (const token of html.matchAll(TAG)) cutter.read(token);
    return cutter.finish();
  } catch (error) {
    if (error instanceof BadNesting) return null;
    throw error;
  }
}

class Cutter {
  constructor(html) {
    Object.assign(this, { html, pieces: [], last: 0, read_to: 0, words: -1, start: 0, open: [] });
  }

  read(token) {
    const [all, slash, name] = token;
    this.text(token.index);
    if (name) this.tag(slash, name.toLowerCase(), token.index, token.index + all.length);
    this.read_to = token.index + all.length;
  }

  get inBlock() {
    return BLOCKS.has(this.open[0]);
  }

  /** Words between two tags: outside any block they begin a piece of their own. */
  text(end) {
    if (this.inBlock || this.words >= 0) return;
    const offset = this.html.slice(this.read_to, end).search(NOT_BLANK);
    if (offset >= 0) this.words = this.read_to + offset;
  }

  tag(slash, name, start, end) {
    const block = BLOCKS.has(name);
    if (slash) return this.close(name, end);
    if (!this.open.length && block) {
      this.flush(start);
      this.start = start;
    } else if (!this.open.length && this.words < 0) {
      this.words = start;
    } else if (block && this.open.length && !this.inBlock) {
      throw new BadNesting();
    }
    if (!VOID.has(name)) this.open.push(name);
    else if (block && !this.open.length) this.push(start, end, name);
  }

  close(name, end) {
    if (this.open.pop() !== name) throw new BadNesting();
    if (!this.open.length && BLOCKS.has(name)) this.push(this.start, end, name);
  }

  flush(end) {
    if (this.words < 0) return;
    const words = this.html.slice(this.words, end).replace(TRAILING_BLANK, "");
    this.push(this.words, this.words + words.length, "");
    this.words = -1;
  }

  push(start, end, tag) {
    const { html } = this;
    this.pieces.push({ before: html.slice(this.last, start), html: html.slice(start, end), tag });
    this.last = end;
  }

  finish() {
    if (this.open.length) throw new BadNesting();
    this.text(this.html.length);
    this.flush(this.html.length);
    return { pieces: this.pieces, after: this.html.slice(this.last) };
  }
}

/** An element's source in three: its opening tag, what it holds, its closing tag. */
export function opened(html) {
  const start = html.match(/^<(?:[^"'>]|"[^"]*"|'[^']*')*>/)[0].length;
  const end = html.lastIndexOf("</");
  return [html.slice(0, start), html.slice(start, end), html.slice(end)];
}
