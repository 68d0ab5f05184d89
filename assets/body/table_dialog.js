// A new table: how many rows, how many columns, with or without headings.
import { insertBlock, newTable } from "./actions.js";
import { check, field, openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { say } from "./words.js";

const MOST = { rows: 50, columns: 8 };

function number(name, value) {
  return h("input", { type: "number", inputmode: "numeric", min: 1, max: MOST[name], value });
}

export function openTableDialog(editor) {
  const rows = number("rows", 3);
  const columns = number("columns", 2);
  const head = h("input", { type: "checkbox", checked: true });
  const dialog = openDialog({
    title: say("add_table"),
    content: h(
      "div",
      {},
      h("div", { class: "row" }, field(say("rows"), rows), field(say("columns"), columns)),
      check(say("with_head"), head),
    ),
    action: say("add_this_table"),
    submit: () => {
      if (!rows.checkValidity() || !rows.value)
        return void dialog.complain(say("rows_fault", { most: MOST.rows }), rows);
      if (!columns.checkValidity() || !columns.value)
        return void dialog.complain(say("columns_fault", { most: MOST.columns }), columns);
      dialog.close();
      const size = { rows: Number(rows.value), columns: Number(columns.value), head: head.checked };
      return insertBlock(editor, newTable(editor.schema, size));
    },
  });
  rows.focus();
}
