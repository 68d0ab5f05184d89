// The caret never hides: under the bars that stick to the screen, nor under the phone's keyboard.

const MARGIN = 12; // pixels kept free above and below the caret

/** The part of the window that one sees between the bars, in the window's own pixels. */
function seen(tools, form) {
  const screen = window.visualViewport;
  const top = screen?.offsetTop ?? 0;
  const bottom = top + (screen?.height ?? innerHeight);
  const upper = tools.getBoundingClientRect();
  const bar = form?.querySelector(".bar")?.getBoundingClientRect();
  return {
    top: upper.top <= top + 1 ? Math.max(top, upper.bottom) : top,
    bottom:
      bar && bar.top < bottom && bar.bottom > bottom - bar.height
        ? Math.min(bottom, bar.top)
        : bottom,
  };
}

export class CaretKeeper {
  constructor(view, tools, form) {
    Object.assign(this, { view, tools, form });
    const screen = window.visualViewport;
    this.moved = () => this.follow();
    for (const event of ["resize", "scroll"]) screen?.addEventListener(event, this.moved);
    screen?.addEventListener("resize", () => view.hasFocus() && this.show());
  }

  /** The bar stays at the top of what is seen, when the keyboard pushes the page up. */
  follow() {
    const top = window.visualViewport?.offsetTop ?? 0;
    this.tools.style.setProperty("--kb-top", `${Math.max(0, top)}px`);
  }

  get margins() {
    const { top, bottom } = seen(this.tools, this.form);
    return {
      top: top + MARGIN,
      bottom: Math.max(0, innerHeight - bottom) + MARGIN,
      left: 0,
      right: 0,
    };
  }

  show() {
    const caret = this.view.coordsAtPos(this.view.state.selection.head);
    const { top, bottom } = seen(this.tools, this.form);
    if (caret.top < top + MARGIN)
      window.scrollBy({ top: caret.top - top - MARGIN, behavior: "instant" });
    else if (caret.bottom > bottom - MARGIN)
      window.scrollBy({ top: caret.bottom - bottom + MARGIN, behavior: "instant" });
  }
}
