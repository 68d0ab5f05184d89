import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { addressesIn, addressOf } from "../../assets/body/addresses.js";
import { directAddress, withDirectAddresses } from "../../assets/body/redirects.js";
import { duration, Maker } from "./made.mjs";

// The server reads the same table: tests/wiki/rendering/test_autolinks.py.
const CASES = JSON.parse(readFileSync(new URL("../wiki/rendering/autolinked.json", import.meta.url)));

test("the addresses of a text are those of the table", () => {
  assert.ok(CASES.length > 30);
  for (const { text, links } of CASES) {
    const found = addressesIn(text).map(({ from, to, href }) => ({ words: text.slice(from, to), href }));
    assert.deepEqual(found, links, text);
  }
});

test("an address and nothing else", () => {
  assert.equal(addressOf("www.caf.fr"), "https://www.caf.fr");
  assert.equal(addressOf("contact@caf.fr"), "mailto:contact@caf.fr");
  for (const text of ["www.caf.fr.", " www.caf.fr", "www.caf.fr www.caf.fr", "caf", ""])
    assert.equal(addressOf(text), null, text);
});

test("addresses follow each other, lead to the web or to a mail, and hold no blank", () => {
  const signs = ["https://", "http://", "www.", "a.fr", "b@c.fr", "/", "?q=", "(", ")", ".", ",", " ", "\u0000", "é", "@", "»"];
  const maker = new Maker(3);
  let count = 0;
  for (let turn = 0; turn < 20_000; turn++) {
    const text = maker.many(9, () => maker.one(signs)).join("");
    let done = 0;
    for (const { from, to, href } of addressesIn(text)) {
      assert.ok(from >= done && to > from, text);
      assert.match(href, /^(?:https?:\/\/|mailto:)[^\s\u00bb]+$/, text);
      assert.ok(!href.includes("\u0000"), text);
      done = to;
      count += 1;
    }
  }
  assert.ok(count > 2_000);
});

test("a secret in an address makes no link", () => {
  assert.deepEqual(addressesIn("https://moi:secret@caf.fr/"), []);
});

test("a hostile text does not freeze the page", () => {
  for (const one of ["www.", "a@", "https://", "www.a.fr/(", "https://a.fr/)", "a.".repeat(50), "@a.fr"]) {
    const cost = duration(() => addressesIn(one.repeat(5_000)));
    assert.ok(cost < 2_000, `${one}: ${cost} ms`);
  }
});

test("what mail programs wrap leads where it says", () => {
  const wrap = (url) => `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}&data=x`;
  const own = "https://www.caf.fr/aide?a=1&b=2";
  assert.equal(directAddress(own), own);
  assert.equal(directAddress(wrap(own)), own);
  assert.equal(directAddress(wrap(wrap(own))), own);
  assert.equal(directAddress(`https://www.google.com/url?q=${encodeURIComponent(own)}`), own);
  assert.equal(withDirectAddresses(`Voir ${wrap(own)}, puis www.caf.fr.`), `Voir ${own}, puis www.caf.fr.`);
});

test("what is wrapped is an address of the web, or stays wrapped", () => {
  for (const url of ["javascript:alert(1)", "data:text/html,x", "//caf.fr", "caf"]) {
    const wrapped = `https://l.facebook.com/l.php?u=${encodeURIComponent(url)}`;
    assert.equal(directAddress(wrapped), wrapped);
  }
});
