// What the editor says to people: French strings that the page brings as JSON.

let known = null;

function load() {
  const script = document.getElementById("kb-body-words");
  return script ? JSON.parse(script.textContent) : {};
}

/** The words for `key`, with `%(name)s` filled in; the key itself when the page lacks them. */
export function say(key, values = {}) {
  known ??= load();
  return (known[key] ?? key).replace(/%\((\w+)\)s/g, (all, name) => values[name] ?? all);
}
