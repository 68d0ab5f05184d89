// The bar of buttons, and under it the row that a button or the caret opens.
import { CONTEXTS, DRAWERS, MAIN } from "./buttons.js";
import { h, newId } from "./dom.js";
import { say } from "./words.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** A toolbar as ARIA has it: one stop for Tab, the arrows walk it. */
class Bar {
  constructor(label, controls, props = {}) {
    this.dom = h("div", {
      role: "toolbar",
      "aria-label": label,
      "aria-controls": controls,
      ...props,
    });
    this.dom.addEventListener("keydown", (event) => this.key(event));
    this.dom.addEventListener("focusin", ({ target }) => this.stopAt(target));
    // The caret stays in the text, and the keyboard of the phone on the screen.
    this.dom.addEventListener("mousedown", (event) => event.preventDefault());
  }

  get buttons() {
    return [...this.dom.children].filter((button) => button.getClientRects().length);
  }

  stopAt(button) {
    for (const other of this.dom.children) other.tabIndex = other === button ? 0 : -1;
  }

  fill(buttons) {
    this.dom.replaceChildren(...buttons);
    this.stopAt(buttons[0]);
  }

  focus() {
    const [first] = this.buttons;
    (this.buttons.find(({ tabIndex }) => tabIndex === 0) ?? first)?.focus();
  }

  key(event) {
    const { buttons } = this;
    const here = buttons.indexOf(document.activeElement);
    const ends = { Home: 0, End: buttons.length - 1 };
    const next = event.key in STEPS ? here + STEPS[event.key] : ends[event.key];
    if (next === undefined || here < 0) return;
    event.preventDefault();
    buttons.at(next % buttons.length).focus();
  }
}

export class Toolbar {
  /** `kit`: the editor and what dialogs need. */
  constructor(kit, textId) {
    Object.assign(this, { kit, textId, opened: null, shown: null, made: new Map() });
    this.drawerId = newId("drawer");
    this.main = new Bar(say("tools"), textId, { class: "tools" });
    this.more = this.moreButton();
    this.main.fill([...MAIN.map((button) => this.button(button)), this.more]);
    this.row = new Bar("", textId, { class: "tools drawer", id: this.drawerId, hidden: true });
    this.dom = h("div", { class: "kb-tools" }, this.main.dom, this.row.dom);
    this.dom.addEventListener("keydown", (event) => event.key === "Escape" && this.leave(event));
  }

  moreButton() {
    const press = () => this.showAll(!this.main.dom.classList.contains("all"));
    return h(
      "button",
      { type: "button", class: "more", "aria-expanded": "false", tabindex: -1, onclick: press },
      say("more"),
    );
  }

  /** The buttons that are seldom used show until one is pressed: a phone has no room for both. */
  showAll(open) {
    this.main.dom.classList.toggle("all", open);
    this.more.setAttribute("aria-expanded", open);
    this.more.textContent = say(open ? "fewer" : "more");
    if (open) this.kit.editor?.commands.scrollIntoView();
  }

  button(what) {
    const { word, rare, seldom, opens } = what;
    const kind = seldom ? "rare seldom" : rare && "rare";
    const element = h(
      "button",
      { type: "button", class: kind, tabindex: -1, "data-tool": word },
      say(word),
    );
    if (opens)
      for (const [name, value] of Object.entries({ "aria-expanded": "false", "aria-controls": this.drawerId }))
        element.setAttribute(name, value);
    element.addEventListener("click", (event) => this.press(what, element, event.detail === 0));
    this.made.set(element, what);
    return element;
  }

  press(what, element, byKey) {
    if (element.getAttribute("aria-disabled") === "true") return;
    if (what.opens)
      return this.open(this.opened?.name === what.opens ? null : what.opens, element, byKey);
    this.opened = null;
    this.showAll(false);
    what.press(this.kit);
    this.update();
  }

  open(name, button, byKey) {
    this.opened = name && { name, button };
    this.update();
    if (name && byKey) this.row.focus();
  }

  /** Escape closes the row that a button opened, then goes back to the text. */
  leave(event) {
    event.preventDefault();
    event.stopPropagation();
    const { opened } = this;
    this.opened = null;
    this.update();
    if (opened && this.row.dom !== event.target && event.target !== opened.button)
      opened.button.focus();
    else this.kit.editor.commands.focus();
  }

  update() {
    this.showRow();
    for (const [element, what] of this.made) {
      if (element.isConnected) this.refresh(element, what);
    }
  }

  refresh(element, { on, off, opens }) {
    if (opens) element.setAttribute("aria-expanded", this.opened?.name === opens);
    else if (on) element.setAttribute("aria-pressed", Boolean(on(this.kit)));
    if (opens && on) element.classList.toggle("on", Boolean(on(this.kit)));
    if (off) element.setAttribute("aria-disabled", Boolean(off(this.kit)));
  }

  /** The row opened by a button, else the one about what the caret is in. */
  showRow() {
    const context = CONTEXTS.find(({ fits }) => fits(this.kit));
    const name = this.opened?.name ?? context?.word ?? null;
    if (name === this.shown) return;
    this.shown = name;
    const buttons = this.opened ? DRAWERS[name] : (context?.buttons ?? []);
    this.row.dom.hidden = !name;
    if (!name) return;
    for (const element of this.row.dom.children) this.made.delete(element);
    this.row.dom.setAttribute("aria-label", say(name));
    this.row.dom.dataset.row = name;
    this.row.fill(buttons.map((what) => this.button(what)));
  }
}
