// Keyboards of phones say what they want to happen, not which key was pressed.
import { readPending } from "./internals.js";

const KEYS = {
  insertParagraph: { key: "Enter", keyCode: 13 },
  insertLineBreak: { key: "Enter", keyCode: 13, shiftKey: true },
  deleteContentBackward: { key: "Backspace", keyCode: 8 },
  deleteWordBackward: { key: "Backspace", keyCode: 8 },
  deleteContentForward: { key: "Delete", keyCode: 46 },
  deleteWordForward: { key: "Delete", keyCode: 46 },
};
const ANDROID = /Android \d/.test(navigator.userAgent);
export const COMPOSED = 229; // the code of a key that a phone's keyboard keeps for itself

/** Letters inside a line are the browser's own business. */
function atEdge({ selection: { empty, $from } }) {
  const { parent, parentOffset } = $from;
  return !empty || parentOffset === 0 || parentOffset === parent.content.size;
}

/**
 * What Android calls « insert a paragraph » does what Enter does, and so on: left to the browser
 * it would cut a nested list in its own way. Others send keys, and keep their own ways.
 */
export class PhoneKeys {
  constructor() {
    this.last = 0;
  }

  keydown(event) {
    this.last = event.keyCode;
    return false;
  }

  beforeinput(view, event) {
    const key = KEYS[event.inputType];
    if (!key || !(ANDROID || this.last === COMPOSED)) return false;
    if (view.composing || event.isComposing || !event.cancelable) return false;
    readPending(view);
    if (key.key !== "Enter" && !atEdge(view.state)) return false;
    const pressed = new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true });
    if (!view.someProp("handleKeyDown", (handle) => handle(view, pressed))) return false;
    event.preventDefault();
    return true;
  }
}
