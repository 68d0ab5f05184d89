// The buttons: what each says, does, and when it is pressed in or of no use.
import {
  around,
  insertBlock,
  removeLink,
  setCallout,
  setHeading,
  toggleList,
  toggleQuote,
} from "./actions.js";
import { openFileDialog } from "./file_dialog.js";
import { openLinkDialog } from "./link_dialog.js";
import { openDescriptionDialog, openPhotoDialog } from "./photo_dialog.js";
import { openShortcutsDialog } from "./shortcuts_dialog.js";
import { COMMANDS, hasCaption, hasHeadColumn, hasHeadRow, inTable, run } from "./table_actions.js";
import { openTableDialog } from "./table_dialog.js";

const NARROW = matchMedia("(max-width: 767px)"); // as in editor.css
const CALLOUTS = { remember: "note", beware: "note warn", example: "note eg" };

const list = (word, name) => ({
  word,
  press: ({ editor }) => toggleList(editor, name),
  on: ({ editor }) => editor.isActive(name),
});
const mark = (word, name) => ({
  word,
  press: ({ editor }) => editor.chain().focus().toggleMark(name).run(),
  on: ({ editor }) => editor.isActive(name),
});
const rare = (button) => ({ ...button, rare: true });
const seldom = (button) => ({ ...button, rare: true, seldom: true });
const inList = ({ editor }) => around(editor.state, "listItem") !== null;

const INDENT = {
  word: "indent",
  press: ({ editor }) => editor.chain().focus().sinkListItem("listItem").run(),
  off: ({ editor }) => !editor.can().sinkListItem("listItem"),
};
const OUTDENT = {
  word: "outdent",
  press: ({ editor }) => editor.chain().focus().liftListItem("listItem").run(),
  off: (kit) => !inList(kit),
};

/** `press` acts; `on` says whether it is pressed in; `off` whether it is of no use now;
    `opens` names a drawer; `rare` ones hide behind « More » on a phone, `seldom` ones everywhere. */
export const MAIN = [
  { word: "title", opens: "titles", on: ({ editor }) => editor.isActive("heading") },
  mark("bold", "strong"),
  rare(mark("italic", "em")),
  list("list", "bulletList"),
  rare(list("numbers", "orderedList")),
  seldom(list("checks", "checkList")),
  {
    word: "callout",
    opens: "callouts",
    on: ({ editor }) => around(editor.state, "callout") !== null,
  },
  seldom({
    word: "quote",
    press: ({ editor }) => toggleQuote(editor),
    on: ({ editor }) => editor.isActive("blockquote"),
  }),
  {
    word: "link",
    press: ({ editor, titles }) => openLinkDialog(editor, titles),
    on: ({ editor }) => editor.isActive("link"),
  },
  { word: "photo", press: ({ editor, photos }) => openPhotoDialog(editor, photos) },
  rare({ word: "file", press: ({ editor, files }) => openFileDialog(editor, files) }),
  rare({
    word: "table",
    press: ({ editor }) => openTableDialog(editor),
    off: ({ editor }) => around(editor.state, "tableFigure") !== null,
  }),
  seldom({
    word: "rule",
    press: ({ editor }) => insertBlock(editor, editor.schema.nodes.horizontalRule.create()),
  }),
  seldom(INDENT),
  seldom(OUTDENT),
  {
    word: "undo",
    press: ({ editor }) => editor.chain().focus().undo().run(),
    off: ({ editor }) => !editor.can().undo(),
  },
  seldom({
    word: "redo",
    press: ({ editor }) => editor.chain().focus().redo().run(),
    off: ({ editor }) => !editor.can().redo(),
  }),
  seldom({ word: "shortcuts", press: openShortcutsDialog }),
];

const heading = (level) => ({
  word: `title_${level}`,
  press: ({ editor }) => setHeading(editor, level),
  on: ({ editor }) => editor.isActive("heading", { level }),
});
const callout = ([word, kind]) => ({
  word,
  press: ({ editor }) => setCallout(editor, kind),
  on: ({ editor }) => around(editor.state, "callout")?.node.attrs.kind === kind,
});
const cells = (word, on) => ({ word, press: ({ editor }) => run(editor, COMMANDS[word]), ...on });

/** Rows of buttons that another button opens. */
export const DRAWERS = {
  titles: [
    heading(2),
    heading(3),
    heading(4),
    {
      word: "plain_text",
      press: ({ editor }) => setHeading(editor, 0),
      on: ({ editor }) => editor.isActive("paragraph"),
    },
  ],
  callouts: [
    ...Object.entries(CALLOUTS).map(callout),
    {
      word: "no_callout",
      press: ({ editor }) => setCallout(editor, null),
      off: ({ editor }) => !around(editor.state, "callout"),
    },
  ],
};

function pictureOf({ selection }) {
  return selection.node?.type.name === "picture" ? selection : null;
}

function describe({ editor }) {
  const { from, node } = pictureOf(editor.state);
  openDescriptionDialog(editor, from, node);
}

/** Rows of buttons about what the caret is in: the first that fits is shown. */
export const CONTEXTS = [
  {
    word: "about_photo",
    fits: ({ editor }) => pictureOf(editor.state) !== null,
    buttons: [
      { word: "describe", press: describe },
      {
        word: "remove_photo",
        press: ({ editor }) => editor.chain().focus().deleteSelection().run(),
      },
    ],
  },
  {
    word: "about_link",
    fits: ({ editor }) => editor.isActive("link") && editor.state.selection.empty,
    buttons: [
      { word: "edit_link", press: ({ editor, titles }) => openLinkDialog(editor, titles) },
      { word: "remove_link", press: ({ editor }) => removeLink(editor) },
    ],
  },
  {
    word: "about_table",
    fits: ({ editor }) => inTable(editor.state) || around(editor.state, "caption") !== null,
    buttons: [
      cells("row_below"),
      cells("column_after"),
      cells("delete_row"),
      cells("delete_column"),
      cells("row_above"),
      cells("column_before"),
      cells("toggle_head_row", { on: ({ editor }) => hasHeadRow(editor.state) }),
      cells("toggle_head_column", { on: ({ editor }) => hasHeadColumn(editor.state) }),
      cells("toggle_caption", { on: ({ editor }) => hasCaption(editor.state) }),
      cells("delete_table"),
    ],
  },
  // On a phone only, where these two hide behind « More » and no key does the same.
  {
    word: "about_list",
    fits: (kit) => NARROW.matches && inList(kit),
    buttons: [
      { ...INDENT, word: "indent_item" },
      { ...OUTDENT, word: "outdent_item" },
    ],
  },
];
