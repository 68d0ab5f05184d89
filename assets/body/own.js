// What comes from the site's own pages goes back as it is stored, not as readers see it.

const WANTED = /[?&]titre=([^&#]*)/;
const DOCUMENT = /^\/fichiers\/(\d{1,18})\//;
const NUMBER = /^\d{1,18}$/;

const PASSAGES = { heading: "h2", item: "li", tick: "li", ticked: "li" };
const FRAME = ".skip, .roof, .trail, .meta, .beside, .foot, .account";

/** Links and pictures of this very site, said as the editor says them; its text without its frame. */
export function recogniseOwn(body) {
  leaveFrame(body);
  for (const link of body.querySelectorAll("a")) readLink(link);
  for (const picture of body.querySelectorAll("img[data-picture]")) {
    const known = NUMBER.test(picture.dataset.picture) && isOwn(picture.getAttribute("src"));
    if (!known) delete picture.dataset.picture;
  }
  for (const label of body.querySelectorAll('p[class="label"]')) label.remove();
}

/** All that was selected of a page is its text, not the menus that stand around it. */
function leaveFrame(body) {
  const passages = [...body.querySelectorAll(".annotated details[name=passage] > summary")];
  if (passages.length) return body.replaceChildren(...passages.map(wordsOf));
  const texts = [...body.querySelectorAll(".prose")];
  if (texts.length && isFramed(body)) body.replaceChildren(...texts);
}

function isFramed(body) {
  const links = [...body.querySelectorAll("a[href]")].filter((link) => !link.closest(".prose"));
  return links.some((link) => link.closest(FRAME) && isOwn(link.getAttribute("href")));
}

/** A passage of the screen that says who wrote what: its words, as the page dresses them. */
function wordsOf(passage) {
  const [, kind] = passage.parentElement.className.match(/part-(\w+)/) ?? [];
  const words = passage.ownerDocument.createElement(PASSAGES[kind] ?? "p");
  if (kind === "tick" || kind === "ticked") words.dataset.box = kind === "tick" ? "open" : "done";
  for (const heard of passage.querySelectorAll(".vh")) heard.remove();
  words.append(...passage.childNodes);
  return words;
}

/** A link of the editor itself has no address; one of a rendered page has the page's, and says
 * how heavy a file is. */
function readLink(link) {
  link.querySelector("small.weight")?.remove();
  const href = link.getAttribute("href");
  const { linktype, id } = link.dataset;
  const sound = linktype === "wanted" || NUMBER.test(id ?? "");
  if (linktype && sound && (href === null || isOwn(href))) return;
  delete link.dataset.linktype;
  if (isOwn(href)) readAddress(link, new URL(href, location.href));
}

/** What an address of the site says by itself; that of a page is asked of the server later. */
function readAddress(link, { pathname, search }) {
  const file = pathname.match(DOCUMENT)?.[1];
  const title = link.matches(".wanted") ? search.match(WANTED)?.[1] : null;
  if (file) Object.assign(link.dataset, { linktype: "document", id: file });
  if (title) Object.assign(link.dataset, { linktype: "wanted", title: decoded(title) });
}

function decoded(title) {
  try {
    return decodeURIComponent(title.replace(/\+/g, " "));
  } catch {
    return title;
  }
}

/** Addresses of this very site, without its name. */
export function ownPath(href) {
  return href.startsWith(`${location.origin}/`) ? href.slice(location.origin.length) : href;
}

/** Whether an address stands on this site. */
export function isOwn(address) {
  try {
    return new URL(address, location.href).origin === location.origin;
  } catch {
    return false;
  }
}
