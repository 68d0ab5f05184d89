// Pages that have the very title one gives to a new one: told under it, as an answer of the site.

import { say } from "./words.js";

export class SameTitles {
  constructor(form) {
    this.line = form.querySelector("[data-kb-same]");
    this.shown = null;
  }

  show(pages = []) {
    const asked = JSON.stringify(pages);
    if (this.shown === asked) return;
    this.shown = asked;
    this.line.hidden = pages.length === 0;
    this.line.replaceChildren();
    if (!pages.length) return;
    this.line.append(say("sameTitle"));
    for (const [rank, page] of pages.entries()) this.line.append(rank ? ", " : " ", link(page));
    this.line.append(". ", say("sameTitleKept"));
  }
}

function link({ said, address }) {
  const made = Object.assign(document.createElement("a"), { href: address, target: "_blank" });
  made.rel = "noopener";
  made.textContent = said;
  return made;
}
