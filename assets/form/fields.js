// What a form holds, as pairs of names and values: for the journal, the drafts and the server.

const PASSING = new Set(["csrfmiddlewaretoken", "reopen"]);

export function fieldsOf(form) {
  const pairs = [...new FormData(form)];
  return pairs.filter(([name, value]) => !PASSING.has(name) && typeof value === "string");
}

export function asData(form, fields) {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  const { page, kind, parent, person } = form.dataset;
  for (const [name, value] of Object.entries({ page, kind, parent, person })) data.set(name, value);
  data.set("csrfmiddlewaretoken", tokenOf(form));
  return data;
}

/** Text that is the same when nothing that a person types has changed. */
export function snapshot(fields) {
  return JSON.stringify(fields.filter(([name]) => name !== "seen" && name !== "key"));
}

export function tokenOf(form) {
  return form.elements.csrfmiddlewaretoken.value;
}

/** Logging in elsewhere changes the token: every form of the page gets the new one. */
export function putToken(token) {
  if (!token) return;
  for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
}

export function keyOf(form) {
  return form.elements.key.value;
}

/** Keys of the forms that this one goes on with. */
export function formerKeys(form) {
  return [...form.querySelectorAll("input[name=resumes]")].map((input) => input.value);
}

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
