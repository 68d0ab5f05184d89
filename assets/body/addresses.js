// Web and mail addresses among words, found as wiki/rendering/autolinks.py finds them: the same rules, and
// the same table of cases in the tests.

/** An address begins with « https:// », « http:// » or « www. », or holds « @ ». */
const BEGINNINGS = /https?:\/\/|www\.|@/gi;
const LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?";
const HOST = new RegExp(`^(?:${LABEL}\\.)*${LABEL}`, "u");
const NAMED = /^(?:[^.]+\.)+(?:\p{L}{2,}|xn--[\p{L}\p{N}-]+)$/u;
const PORT = /^:\d{1,5}(?!\d)/;
// A comma before the beginning of another address, and « — », belong to the sentence.
const REST =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they end an address, as blanks do.
  /[/?#](?:(?![,;](?:https?:\/\/|www\.))[^\s\u0000-\u0020\u0085\u00a0\u200b\u2060\ufeff<>"«»“”„`{}|\\^…—\ufffc])*/iy;
const LOCAL = /[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,62}[A-Za-z0-9_%+-])?$/;
const STOP = /[.,;:!?'’*]$/;
const NAMED_BEFORE = /^(?::[^\s@]*)?@/;
const BEFORE_WEB = /[\p{L}\p{N}_@]/u;
const BEFORE_WWW = /[\p{L}\p{N}_@./]/u;
const BEFORE_MAIL = /[\p{L}\p{N}_.%+@/-]/u;
const [LONGEST, LONGEST_HOST, LONGEST_LOCAL] = [2000, 253, 64];

/** `[{ from, to, href }]`: the addresses of a text, in order. */
export function addressesIn(text) {
  const found = [];
  let done = 0;
  for (const { 0: sign, index } of text.matchAll(BEGINNINGS)) {
    if (index < done) continue;
    const address = sign === "@" ? mail(text, index, done) : web(text, index, sign);
    if (address?.href) found.push(address);
    done = address?.to ?? done;
  }
  return found;
}

/** Where a text leads that is an address and nothing else; null for any other text. */
export function addressOf(text) {
  const [one] = addressesIn(text);
  return one && one.from === 0 && one.to === text.length ? one.href : null;
}

function web(text, from, sign) {
  const bare = sign.toLowerCase() === "www.";
  if ((bare ? BEFORE_WWW : BEFORE_WEB).test(signBefore(text, from))) return null;
  const start = bare ? from : from + sign.length;
  const host = hostAt(text, start);
  if (!host || (bare && !NAMED.test(host.slice(sign.length)))) return null;
  const port = text.slice(start + host.length, start + host.length + 7).match(PORT)?.[0] ?? "";
  const end = start + host.length + port.length;
  REST.lastIndex = end;
  const rest = REST.exec(text)?.[0] ?? "";
  const secret = rest ? null : text.slice(end, end + 80).match(NAMED_BEFORE);
  if (secret) return { from, to: end + secret[0].length, href: null }; // « name:password@host »
  if (!rest && /^(?:_|:\/\/)/.test(text.slice(end, end + 3))) return null;
  if (rest.length > LONGEST) return { from, to: end + rest.length, href: null };
  const to = end + withoutStops(rest).length;
  return { from, to, href: (bare ? "https://" : "") + text.slice(from, to) };
}

function hostAt(text, start) {
  return text.slice(start, start + LONGEST_HOST).match(HOST)?.[0] ?? "";
}

/** Without the stops of the sentence, nor what closes a bracket opened before the address. */
function withoutStops(rest) {
  let kept = rest;
  while (STOP.test(kept) || closesMore(kept, "(", ")") || closesMore(kept, "[", "]"))
    kept = kept.slice(0, -1);
  return kept;
}

function closesMore(text, opening, closing) {
  return text.endsWith(closing) && text.split(closing).length > text.split(opening).length;
}

function signBefore(text, index) {
  return [...text.slice(Math.max(0, index - 2), index)].at(-1) ?? "";
}

function mail(text, sign, done) {
  const local = text.slice(Math.max(done, sign - LONGEST_LOCAL), sign).match(LOCAL)?.[0];
  const host = hostAt(text, sign + 1);
  if (!local || !NAMED.test(host)) return null;
  const [from, to] = [sign - local.length, sign + 1 + host.length];
  if (BEFORE_MAIL.test(signBefore(text, from)) || /^[@_]/.test(text.slice(to))) return null;
  return { from, to, href: `mailto:${text.slice(from, to)}` };
}
