// List items on the screen: those of check-lists begin with a box to tick.
import { h } from "./dom.js";
import { say } from "./words.js";

export function itemView({ node, getPos, editor }) {
  if (node.attrs.done === null) return plainItem(node);
  return new CheckItem(node, getPos, editor);
}

function plainItem(node) {
  const dom = h("li");
  return {
    dom,
    contentDOM: dom,
    update: (other) => other.type === node.type && other.attrs.done === null,
  };
}

class CheckItem {
  constructor(node, getPos, editor) {
    Object.assign(this, { getPos, editor });
    const change = () => this.tick();
    this.box = h("input", { type: "checkbox", "aria-label": say("done"), onchange: change });
    this.contentDOM = h("div");
    // The caret stays where it was, and the phone's keyboard as it was.
    const onmousedown = (event) => event.preventDefault();
    const label = h("label", { contenteditable: "false", onmousedown }, this.box);
    this.dom = h("li", {}, label, this.contentDOM);
    this.show(node);
  }

  show(node) {
    this.node = node;
    this.box.checked = node.attrs.done;
    this.dom.classList.toggle("done", node.attrs.done);
  }

  tick() {
    const done = this.box.checked;
    this.editor.commands.command(({ tr }) => {
      tr.setNodeMarkup(this.getPos(), null, { ...this.node.attrs, done });
      return true;
    });
  }

  update(node) {
    if (node.type !== this.node.type || node.attrs.done === null) return false;
    this.show(node);
    return true;
  }

  stopEvent({ target }) {
    return target === this.box || target === this.box.parentNode;
  }

  ignoreMutation({ target, type }) {
    return type !== "selection" && !this.contentDOM.contains(target);
  }
}
