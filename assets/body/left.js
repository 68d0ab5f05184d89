// What a paste left behind, said to whoever pasted.
import { say } from "./words.js";

const KINDS = {
  struck: "left_struck",
  comments: "left_comments",
  notes: "left_notes",
  hidden: "left_hidden",
  formulas: "left_formulas",
  media: "left_media",
  drawings: "left_drawings",
};

/** One sentence or two, or none when all came. `left`: how many of each kind stayed away. */
export function whatIsLeft(left) {
  const kinds = Object.keys(KINDS).filter((kind) => left[kind]);
  const words = kinds.length ? say("left_words", { what: kinds.map((kind) => say(KINDS[kind])).join(", ") }) : "";
  const pictures = left.pictures > 0 ? say("pictures_left") : "";
  return [words, pictures].filter(Boolean).join(" ");
}
