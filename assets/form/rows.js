// Child rows: added from the blank one, removed and put back, moved up and down.

import { mountNaming } from "./naming.js";
import { say } from "./words.js";

export class Rows {
  constructor(group, form) {
    this.name = group.dataset.kbRows;
    this.group = group;
    this.lines = group.querySelector("[data-kb-lines]");
    this.blank = document.querySelector(`template[data-kb-blank="${this.name}"]`);
    const blanks = controls(this.blank.content);
    this.defaults = new Map(blanks.map((control) => [nameOf(control), valueIn(control)]));
    this.total = form.elements[`${this.name}-TOTAL_FORMS`];
    this.said = group.querySelector("[data-kb-said]");
    this.dropBlankRows();
    for (const row of this.rows) this.dress(row);
    const add = group.querySelector("[data-kb-add]");
    add.hidden = false;
    add.querySelector("button").addEventListener("click", () => this.add());
    group.addEventListener("input", () => this.number());
    this.number();
  }

  get rows() {
    return [...this.lines.children].filter((row) => row.matches("[data-kb-row]"));
  }

  get standing() {
    return this.rows.filter((row) => !removal(row)?.checked);
  }

  /** Something was typed or chosen that the blank row does not have. */
  isFilled(row) {
    return controls(row).some((control) => valueIn(control) !== this.defaults.get(nameOf(control)));
  }

  /** Three blank rows serve when there is no script. They may stand after rows of a higher rank, which
   * are told as many as they were: a row beyond what is told would not be read. */
  dropBlankRows() {
    for (const row of this.rows.reverse()) {
      if (!isNew(row) || this.isFilled(row)) break;
      row.remove();
    }
    this.total.value = Math.max(0, ...this.rows.map((row) => rankOf(row) + 1));
  }

  add() {
    const rank = this.total.value;
    const holder = document.createElement("div");
    holder.append(this.blank.content.cloneNode(true));
    for (const one of holder.querySelectorAll("*")) replacePrefix(one, rank);
    const row = holder.querySelector("[data-kb-row]");
    this.lines.append(row);
    mountNaming(row);
    this.total.value = Number(rank) + 1;
    this.dress(row);
    this.number();
    row.querySelector("[data-kb-number]").closest("legend").scrollIntoView({ block: "nearest" });
    firstControl(row)?.focus();
    this.say("added", { number: this.standing.length });
    this.tell();
  }

  dress(row) {
    row.querySelector("[data-kb-plain]").hidden = true;
    const tools = document.createElement("p");
    tools.className = "row line-tools";
    tools.append(
      button("up", () => this.move(row, -1)),
      button("down", () => this.move(row, 1)),
      button("remove", () => this.remove(row)),
    );
    row.append(tools);
    if (removal(row)?.checked) this.hide(row);
    else if (this.isFilled(row) && !row.querySelector(".error")) this.shut(row);
  }

  /** What stands already is one line, until one wants to change it. */
  shut(row) {
    const line = document.createElement("p");
    line.className = "shut-line";
    const change = button("change", () => {
      row.classList.remove("shut");
      line.remove();
      firstControl(row)?.focus();
    });
    line.append(Object.assign(document.createElement("span"), { dir: "auto" }), " ", change);
    row.querySelector("legend").after(line);
    row.classList.add("shut");
  }

  move(row, step) {
    const standing = this.standing;
    const other = standing[standing.indexOf(row) + step];
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    this.number();
    const number = this.standing.indexOf(row) + 1;
    this.say("moved", { number, total: standing.length });
    const pressed = row.querySelector(`[data-kb-${step < 0 ? "up" : "down"}]`);
    (pressed.disabled ? row.querySelector(".line-tools button:not(:disabled)") : pressed).focus();
    this.tell();
  }

  remove(row) {
    removal(row).checked = true;
    this.hide(row).focus();
    this.number();
    this.say("removed");
    this.tell();
  }

  /** A removed row stays in the form, marked, until the page is published. */
  hide(row) {
    row.hidden = true;
    const gone = document.createElement("p");
    gone.className = "row gone";
    const back = button("putBack", () => {
      removal(row).checked = false;
      row.hidden = false;
      gone.remove();
      this.number();
      firstControl(row)?.focus();
      this.tell();
    });
    gone.append(say("removed"), " ", back);
    row.after(gone);
    return back;
  }

  /** Ranks as readers see them; a new row left blank has none, it would count as filled. */
  number() {
    const standing = this.standing;
    standing.forEach((row, index) => {
      row.querySelector("[data-kb-number]").textContent = index + 1;
      const line = row.querySelector(".shut-line > span");
      if (line) line.textContent = inOneLine(row);
      const order = row.querySelector("[name$='-ORDER']");
      if (order) order.value = isNew(row) && !this.isFilled(row) ? "" : index + 1;
      row.querySelector("[data-kb-up]").disabled = index === 0;
      row.querySelector("[data-kb-down]").disabled = index === standing.length - 1;
    });
    this.tally(standing.filter((row) => !isNew(row) || this.isFilled(row)).length);
  }

  /** How many lines stand, as the fold says it. */
  tally(count) {
    const summary = this.group.querySelector("summary");
    const told = summary.querySelector("small") ?? document.createElement("small");
    told.textContent = count || "";
    if (!told.isConnected) summary.append(" ", told);
  }

  say(key, values) {
    this.said.textContent = say(key, values);
  }

  /** The form watches for changes: what buttons do is one. */
  tell() {
    this.group.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function button(key, act) {
  const made = Object.assign(document.createElement("button"), { type: "button" });
  made.className = "btn quiet-btn";
  made.textContent = say(key);
  made.setAttribute(`data-kb-${key.toLowerCase()}`, "");
  made.addEventListener("click", act);
  return made;
}

function replacePrefix(element, rank) {
  for (const attribute of [...element.attributes]) {
    if (attribute.value.includes("__prefix__")) {
      element.setAttribute(attribute.name, attribute.value.replaceAll("__prefix__", rank));
    }
  }
}

/** Its rank in the names of its controls: « sources-2-title » gives 2. */
function rankOf(row) {
  return Number(row.querySelector("[name]").name.match(/-(\d+)-/)[1]);
}

function removal(row) {
  return row.querySelector("[name$='-DELETE']");
}

function isNew(row) {
  return !row.querySelector("input[name$='-id']")?.value;
}

function controls(row) {
  return [...row.querySelectorAll(".field input, .field select, .field textarea")].filter(
    (control) => !control.closest("[data-kb-plain]") && control.type !== "hidden",
  );
}

/** The name of a control without its row's: « sources-2-title » gives « title ». */
function nameOf(control) {
  const name = control.name.replace(/^.*?-(?:\d+|__prefix__)-/, "");
  return control.type === "checkbox" ? `${name}=${control.value}` : name;
}

function valueIn(control) {
  return control.type === "checkbox" ? String(control.checked) : control.value.trim();
}

const LONGEST = 90; // signs

/** What a row begins with: the first thing that was typed or chosen in it. */
function inOneLine(row) {
  const filled = controls(row).find((control) => control.type !== "file" && valueIn(control));
  const words = filled?.selectedOptions?.[0].textContent ?? filled?.value ?? "";
  return words.length <= LONGEST ? words : words.slice(0, LONGEST).replace(/\s+\S*$/, "…");
}

function firstControl(row) {
  return controls(row)[0];
}
