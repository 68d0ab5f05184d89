// Asking the site: an answer is one of « ok », « lost » (log in again), « refused » (with the
// site's own words), « offline » or « late ». Nothing else is ever taken for a yes.

import { putToken, tokenOf } from "./fields.js";

const PATIENCE = 20000; // milliseconds
const KEEPALIVE_MOST = 60000; // bytes that a browser lets go after its page

export async function ask(form, url, data, options = {}) {
  const answer = await attempt(url, data, options);
  if (answer.state !== "token") return answer;
  const fresh = await freshToken(form);
  if (fresh.state !== "ok") return fresh;
  data.set("csrfmiddlewaretoken", tokenOf(form));
  const again = await attempt(url, data, options);
  return again.state === "token" ? { state: "late" } : again;
}

/** Whether the same person is still, or again, logged in; takes the token of today. */
export function freshToken(form) {
  return attempt(`${form.dataset.state}?person=${form.dataset.person}`, null);
}

async function attempt(url, data, { leaving = false } = {}) {
  if (navigator.onLine === false) return { state: "offline" };
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    return await read(await fetch(url, request(data, stop.signal, leaving)));
  } catch {
    return { state: navigator.onLine === false ? "offline" : "late" };
  } finally {
    clearTimeout(timer);
  }
}

function request(data, signal, leaving) {
  const common = { signal, credentials: "same-origin", redirect: "error", cache: "no-store" };
  if (data === null) return common;
  const keepalive = leaving && sizeOf(data) < KEEPALIVE_MOST;
  return { ...common, method: "POST", body: data, keepalive };
}

function sizeOf(data) {
  let size = 0;
  for (const [name, value] of data) size += 3 * (name.length + value.length) + 120;
  return size;
}

async function read(response) {
  const told = await response.json();
  if (response.ok) {
    putToken(told.csrf);
    return { state: "ok", told };
  }
  if (response.status === 401) return { state: "lost", message: told.other };
  if (told.error === "csrf") return { state: "token" };
  return { state: "refused", message: told.error };
}
