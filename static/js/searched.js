/* Tells the site which searches people leave without opening any page: the words only, without
   a cookie, once, when the page of results is left. */

const LONGEST = 200; // signs: longer ones are not noted
const results = document.querySelector("[data-kb-searched]");
const asked = results?.dataset.kbSearched;
let isOpened = false; // a result was opened, or the words were told already
let isStaying = false; // another page, filter or order of the same search

function isOfSearch(address) {
  return address.pathname === location.pathname;
}

function pressed(event) {
  const link = event.target.closest?.("a[href]");
  if (!link) return;
  const address = new URL(link.href);
  if (isOfSearch(address)) isStaying ||= address.searchParams.get("q") === asked;
  else if (results.contains(link)) isOpened = true;
}

function sent({ target }) {
  isStaying ||= isOfSearch(new URL(target.action)) && new FormData(target).get("q") === asked;
}

function tell() {
  if (isOpened || isStaying || asked.length > LONGEST) return;
  isOpened = true;
  const body = new URLSearchParams({ q: asked });
  const address = results.dataset.kbNote;
  if (!("keepalive" in Request.prototype)) return navigator.sendBeacon?.(address, body);
  fetch(address, { method: "POST", body, keepalive: true, credentials: "omit" }).catch(() => {});
}

if (results) {
  for (const kind of ["click", "auxclick"]) document.addEventListener(kind, pressed);
  document.addEventListener("submit", sent);
  addEventListener("pagehide", tell);
  addEventListener("pageshow", () => (isStaying = false));
}
