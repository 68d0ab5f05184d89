// Native dialogs: named, closed by Escape, the focus going back where it was.
import { h, newId } from "./dom.js";
import { say } from "./words.js";

/**
 * Open a dialog. `submit` is called when its main button is pressed: the dialog closes when
 * it gives true. Gives the `<dialog>`, whose `complain(words)` says what is missing.
 */
export function openDialog({ title, content, action, submit, extra = [], closed = () => {} }) {
  const id = newId("dialog");
  const fault = h("p", { class: "error", role: "alert", hidden: true });
  const cancel = h(
    "button",
    { type: "button", class: "btn", onclick: () => dialog.close() },
    say(action ? "cancel" : "close"),
  );
  const main = action && h("button", { type: "submit", class: "btn main" }, action);
  const form = h(
    "form",
    { novalidate: true },
    h("h2", { id, tabindex: action ? null : -1, autofocus: !action }, title),
    content,
    fault,
    h("p", { class: "row" }, main, extra, cancel),
  );
  const dialog = h("dialog", { class: "kb-dialog", "aria-labelledby": id }, form);
  const away = document.activeElement;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (submit?.()) dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    closed();
    if (document.activeElement === document.body) away?.focus();
  });
  dialog.complain = (words, field) => {
    fault.textContent = words;
    fault.hidden = !words;
    if (words) field?.focus();
  };
  dialog.main = main;
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A control with its label above and its hint between them. */
export function field(label, control, hint) {
  control.id = newId("field");
  const help = hint && h("small", { id: newId("hint") }, hint);
  if (help) control.setAttribute("aria-describedby", help.id);
  return h("div", { class: "field" }, h("label", { for: control.id }, label), help, control);
}

/** A box or a round button with its words. */
export function check(label, control) {
  return h("label", { class: "option" }, control, ` ${label}`);
}
