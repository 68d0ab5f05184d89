// All that the editor is made of.
import { Autolinks } from "./autolinks.js";
import { Keys, Tidying, Undoing } from "./behaviour.js";
import { itemView } from "./check_item.js";
import { Direction } from "./direction.js";
import { Lifting } from "./lifting.js";
import { MARKS } from "./marks.js";
import { ListItem, NODES, Picture } from "./nodes.js";
import { TABLES } from "./tables.js";
import { Typing } from "./typing.js";

/** `photos`: the address under which pictures are shown by their id. */
export function extensions({ photos = "/photos/", more = [] } = {}) {
  const nodes = NODES.map((node) =>
    node === ListItem ? ListItem.extend({ addNodeView: () => itemView }) : node,
  );
  return [
    ...nodes,
    Picture.configure({ photos }),
    ...TABLES,
    ...MARKS,
    Undoing,
    Tidying,
    Lifting,
    Typing,
    Autolinks,
    Direction,
    Keys,
    ...more,
  ];
}
