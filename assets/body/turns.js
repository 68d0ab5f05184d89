// Several files, one dialog each: which one it is, and a way not to see the others.
import { h } from "./dom.js";
import { say } from "./words.js";

/** `title` with the rank of the file, `extra` buttons, and what to do once it is closed. */
export function inTurn(title, { turn, then } = {}) {
  if (!turn || turn.total < 2) return { title, extra: [], closed: () => {} };
  let goesOn = true;
  const stop = ({ target }) => {
    goesOn = false;
    target.closest("dialog").close();
  };
  const last = turn.rank === turn.total;
  return {
    title: say("one_of_several", { title, rank: turn.rank, total: turn.total }),
    extra: last ? [] : [h("button", { type: "button", class: "btn", onclick: stop }, say("stop_there"))],
    closed: () => then(goesOn),
  };
}
