// Files on their way to the server.
import { say } from "./words.js";

export class SendingError extends Error {}

/**
 * Send a file and give what the server answers. Raises a SendingError with a sentence to
 * show; `signal` stops it.
 */
export async function send(address, file, form, { fields = {}, signal } = {}) {
  const data = new FormData();
  data.append("file", file, file.name);
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  const token = form?.elements.csrfmiddlewaretoken?.value ?? "";
  const headers = { "X-CSRFToken": token, Accept: "application/json" };
  let answer;
  try {
    answer = await fetch(address, { method: "POST", body: data, headers, signal });
  } catch (error) {
    throw error.name === "AbortError" ? error : new SendingError(say("no_network"));
  }
  return read(answer);
}

async function read(answer) {
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  const data = isJson ? await answer.json().catch(() => ({})) : {};
  if (answer.status === 201 || (answer.ok && data.id)) return data;
  if (data.error) throw new SendingError(data.error);
  if (answer.redirected || [401, 403].includes(answer.status))
    throw new SendingError(say("logged_out"));
  throw new SendingError(say(answer.status === 413 ? "too_big" : "refused"));
}
