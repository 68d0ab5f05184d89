// A list of choices under what one types: the focus stays there, the arrows walk the list.
import { h, newId } from "./dom.js";

export class Choices {
  /** `owner` is what has the focus; `choose` is called with the choice made. */
  constructor(owner, { label, choose }) {
    Object.assign(this, { owner, choose, options: [], active: -1 });
    this.list = h("ul", { role: "listbox", id: newId("choices"), "aria-label": label });
    this.status = h("p", { role: "status", class: "soft" });
    this.dom = h("div", { class: "choices", hidden: true }, this.status, this.list);
    this.dom.addEventListener("mousedown", (event) => event.preventDefault());
  }

  get open() {
    return !this.dom.hidden;
  }

  /** The first choice is taken by Enter, unless one should wait for better ones. */
  show(options, status, wait = false) {
    this.options = options;
    this.status.textContent = status;
    this.status.hidden = !status;
    this.list.replaceChildren(...options.map((option, rank) => this.line(option, rank)));
    this.list.hidden = !options.length;
    this.dom.hidden = !options.length && !status;
    this.owner.setAttribute("aria-controls", this.list.id);
    this.walkTo(options.length && !wait ? 0 : -1);
  }

  line({ label, note, wanted }, rank) {
    const line = h(
      "li",
      { role: "option", id: newId("choice"), class: wanted && "to-write" },
      h("span", {}, label),
    );
    if (note) line.append(" ", h("small", {}, note));
    line.addEventListener("click", () => this.choose(this.options[rank]));
    return line;
  }

  walkTo(rank) {
    this.active = rank;
    for (const [other, line] of [...this.list.children].entries())
      line.setAttribute("aria-selected", other === rank);
    const line = this.list.children[rank];
    if (!line) return this.owner.removeAttribute("aria-activedescendant");
    this.owner.setAttribute("aria-activedescendant", line.id);
    line.scrollIntoView({ block: "nearest" });
  }

  hide() {
    this.dom.hidden = true;
    this.owner.removeAttribute("aria-activedescendant");
    this.owner.removeAttribute("aria-controls");
  }

  /** True when the key was for the list. */
  key(event) {
    if (!this.open) return false;
    const count = this.options.length;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const from = this.active < 0 && event.key === "ArrowUp" ? 0 : this.active;
    if (event.key in steps && count) this.walkTo((from + steps[event.key] + count) % count);
    else if (["Enter", "Tab"].includes(event.key) && this.active >= 0)
      this.choose(this.options[this.active]);
    else if (event.key === "Escape") this.hide();
    else return false;
    return true;
  }
}
