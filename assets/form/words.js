// What the form says to people: French strings that the page brings as JSON.

let known = null;

function load() {
  const script = document.getElementById("kb-form-words");
  return script ? JSON.parse(script.textContent) : {};
}

/** The words for `key`, with `%(name)s` filled in; the key itself when the page lacks them. */
export function say(key, values = {}) {
  known ??= load();
  return (known[key] ?? key).replace(/%\((\w+)\)s/g, (all, name) => values[name] ?? all);
}

/** « 12 mars », « 14:32 » of a moment, in the reader's own time. */
export function dateAndTime(moment) {
  const date = new Date(moment);
  return {
    date: date
      .toLocaleDateString("fr-FR", { day: "numeric", month: "long", year: "numeric" })
      .replace(/^1 /, "1er "),
    time: date.toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" }),
  };
}
