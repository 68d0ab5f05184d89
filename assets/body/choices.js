// A list of choices under what one types: the focus stays there, the arrows walk the list.
import { Listbox } from "../listbox.js";
import { h, newId } from "./dom.js";

export class Choices {
  /** `owner` is what has the focus; `choose` is called with the choice made. */
  constructor(owner, { label, choose }) {
    Object.assign(this, { owner, choose, options: [], listbox: new Listbox(owner) });
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
    this.listbox.hold(this.list.children);
    this.walkTo(wait ? -1 : 0);
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
    this.listbox.choose(rank);
    this.listbox.chosen?.scrollIntoView({ block: "nearest" });
  }

  hide() {
    this.dom.hidden = true;
    this.listbox.choose(-1);
    this.owner.removeAttribute("aria-controls");
  }

  /** True when the key was for the list. */
  key(event) {
    if (!this.open) return false;
    const rank = this.listbox.rankAfter(event.key, false);
    if (rank !== null) this.walkTo(rank);
    else if (["Enter", "Tab"].includes(event.key) && this.listbox.chosen)
      this.choose(this.options[this.listbox.active]);
    else if (event.key === "Escape") this.hide();
    else return false;
    return true;
  }
}
