// Mail programs and search engines lead through a page of theirs: what they wrap is the address.
import { addressesIn } from "./addresses.js";

/** Hosts and paths of the pages that lead elsewhere, and where they say it. */
const WRAPPERS = [
  [/^(?:www\.)?google\.[a-z.]{2,6}$/, /^\/url$/, ["q", "url"]],
  [/\.safelinks\.protection\.outlook\.com$/, /./, ["url"]],
  [/^statics\.teams\.cdn\.office\.net$/, /safelinks/, ["url"]],
  [/^lm?\.facebook\.com$/, /^\/l\.php$/, ["u"]],
  [/^l\.instagram\.com$/, /./, ["u"]],
  [/^www\.youtube\.com$/, /^\/redirect$/, ["q"]],
  [/^slack-redir\.net$/, /^\/link$/, ["url"]],
];
const MOST = 3; // a mail that was sent on is wrapped again

/** Where an address leads in the end, as far as it says so itself. */
export function directAddress(href) {
  let address = href;
  for (let turn = 0; turn < MOST; turn++) address = wrappedIn(address) ?? address;
  return address;
}

function wrappedIn(address) {
  const { hostname, pathname, searchParams } = urlOf(address) ?? {};
  const found = WRAPPERS.find(([host, path]) => host.test(hostname) && path.test(pathname));
  const wrapped = found?.[2].map((name) => searchParams.get(name)).find(Boolean);
  const url = wrapped && urlOf(wrapped);
  if (!/^https?:$/.test(url?.protocol)) return null;
  return /\s/.test(wrapped) ? url.href : wrapped;
}

/** A text whose addresses are those where they lead in the end. */
export function withDirectAddresses(text) {
  let [out, done] = ["", 0];
  for (const { from, to } of addressesIn(text)) {
    out += text.slice(done, from) + directAddress(text.slice(from, to));
    done = to;
  }
  return out + text.slice(done);
}

function urlOf(address) {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
