import assert from "node:assert/strict";
import { test } from "node:test";

import "./dom.mjs";

document.body.innerHTML = `
  <script id="kb-body-words" type="application/json">{"wanted_page": "À écrire : « %(title)s »", "n": "%(a)s%(b)s"}</script>
  <script id="kb-form-words" type="application/json">{"back": "Bonjour %(who)s"}</script>`;
const { say } = await import("../../assets/body/words.js");
const form = await import("../../assets/form/words.js");
const { choicesFor, pageLink, statusOf, Titles, wantedLink } = await import("../../assets/body/titles.js");
const { newKey, snapshot } = await import("../../assets/form/fields.js");

test("words of the page are filled in, others are their own key", () => {
  assert.equal(say("wanted_page", { title: "Un" }), "À écrire : « Un »");
  assert.equal(form.say("back", { who: "Ana" }), "Bonjour Ana");
  assert.equal(say("nowhere"), "nowhere");
});

test("what is filled in is words, never a pattern", () => {
  for (const title of ["$&", "$1", "%(title)s", "<b>", "\\"])
    assert.equal(say("wanted_page", { title }), `À écrire : « ${title} »`);
  assert.equal(say("n", { a: "%(b)s", b: "x" }), "%(b)sx");
  assert.equal(say("n", { a: 0 }), "0%(b)s");
});

test("a title is known whatever its case, accents and quotes", () => {
  const titles = new Titles("/recherche/titres/");
  const page = { id: 3, title: "L’œuvre  d’Éloïse – « suite »" };
  titles.known.set("x", [{ id: 2, title: "Autre" }, page]);
  for (const title of [page.title, "l'oeuvre d'eloise - \" suite \"", "L‘ŒUVRE D`ELOISE — “ suite ”"])
    assert.equal(titles.exactly(title), page, title);
  assert.equal(titles.exactly("L’œuvre"), undefined);
});

test("a page is found at its address, with or without its last slash", () => {
  const titles = new Titles("/recherche/titres/");
  titles.known.set("/lieux/", [{ id: 4, title: "Lieux", address: "/lieux/" }]);
  assert.equal(titles.at("/lieux/").id, 4);
  assert.equal(titles.at("/lieu/"), undefined);
  assert.equal(titles.at("lieux"), undefined);
});

test("one may choose the pages found, then the page to write unless it is there", () => {
  const titles = new Titles("");
  const pages = [{ id: 12, title: "Créer un code", kind_name: "Situation" }];
  titles.known.set("code", pages);
  const [found, wanted, ...others] = choicesFor(" code ", pages, titles);
  assert.deepEqual(found.attrs, pageLink({ id: 12 }));
  assert.equal(found.attrs.id, "12");
  assert.deepEqual(wanted.attrs, wantedLink("code"));
  assert.equal(wanted.label, "À écrire : « code »");
  assert.deepEqual(others, []);
  assert.deepEqual(choicesFor("creer un CODE", pages, titles).map(({ wanted }) => wanted), [undefined]);
  assert.deepEqual(choicesFor("  ", null, titles), []);
});

test("what is said above the choices follows the search", () => {
  const said = [statusOf(" "), statusOf("a", undefined), statusOf("a", null), statusOf("a", []), statusOf("a", [{}])];
  assert.deepEqual(said, ["type_a_title", "searching", "no_network_titles", "no_title", ""]);
});

test("what a person typed is told apart, what the form does by itself is not", () => {
  const fields = [["title", "a"], ["seen", ""], ["key", "1"]];
  assert.equal(snapshot(fields), snapshot([["title", "a"], ["seen", "x"], ["key", "2"]]));
  assert.notEqual(snapshot(fields), snapshot([["title", "b"]]));
  assert.notEqual(snapshot([["a", "b"], ["a", "c"]]), snapshot([["a", "c"], ["a", "b"]]));
});

test("keys of forms are random UUIDs of version 4", () => {
  const keys = Array.from({ length: 500 }, newKey);
  for (const key of keys) assert.match(key, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  assert.equal(new Set(keys).size, keys.length);
});

test("a moment is said as French people write it", () => {
  const { date, time } = form.dateAndTime(new Date(2026, 8, 1, 9, 5));
  assert.deepEqual([date, time], ["1er septembre 2026", "09:05"]);
  assert.equal(form.dateAndTime(new Date(2026, 8, 21)).date, "21 septembre 2026");
});
