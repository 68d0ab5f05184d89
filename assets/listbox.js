/** An ARIA 1.2 listbox under a field that keeps the focus: its options, and the one chosen. */
export class Listbox {
  constructor(field) {
    Object.assign(this, { field, options: [], active: -1 });
  }

  /** `options`: elements of role « option » with their ids; none is chosen yet. */
  hold(options) {
    this.options = [...options];
    this.choose(-1);
  }

  get chosen() {
    return this.options[this.active];
  }

  /** None, when no option has this rank. */
  choose(rank) {
    this.active = rank in this.options ? rank : -1;
    for (const [other, option] of this.options.entries())
      option.setAttribute("aria-selected", other === this.active);
    if (!this.chosen) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", this.chosen.id);
  }

  /** The rank after a key, -1 for the field itself, or null when the key is not for the list.
      Beyond an end one comes to the other one, by the field when `throughField`. */
  rankAfter(key, throughField) {
    const last = this.options.length - 1;
    const end = (rank) => (throughField ? -1 : rank);
    if (last < 0) return null;
    if (key === "ArrowDown") return this.active < last ? this.active + 1 : end(0);
    if (key === "ArrowUp") return this.active < 0 ? last : this.active > 0 ? this.active - 1 : end(last);
    return null;
  }
}
