// The keys that do the same as the buttons.
import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { say } from "./words.js";

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const KEYS = [
  ["bold", "Mod B"],
  ["italic", "Mod I"],
  ["link", "Mod K"],
  ["page_link", "[["],
  ["title_2", "Mod Alt 2"],
  ["title_3", "Mod Alt 3"],
  ["title_4", "Mod Alt 4"],
  ["plain_text", "Mod Alt 0"],
  ["list", "Mod Shift 8"],
  ["numbers", "Mod Shift 7"],
  ["checks", "Mod Shift 9"],
  ["tick", "Mod Enter"],
  ["indent", "Tab"],
  ["outdent", "Shift Tab"],
  ["quote", "Mod Shift B"],
  ["line_break", "Shift Enter"],
  ["superscript", "Mod ."],
  ["subscript", "Mod ,"],
  ["code", "Mod E"],
  ["undo", "Mod Z"],
  ["redo", "Mod Y"],
  ["reach_tools", "Alt F10"],
  ["back_to_text", "Esc"],
];

function keyName(key) {
  if (key === "Mod") return MAC ? "⌘" : "Ctrl";
  return { Shift: say("shift"), Enter: say("enter"), Esc: say("escape") }[key] ?? key;
}

function line([what, keys]) {
  const names = keys
    .split(" ")
    .flatMap((key, rank) => [rank ? " + " : "", h("kbd", {}, keyName(key))]);
  return [h("dt", {}, say(what)), h("dd", {}, names)];
}

export function openShortcutsDialog() {
  openDialog({ title: say("shortcuts"), content: h("dl", { class: "keys" }, KEYS.flatMap(line)) });
}
