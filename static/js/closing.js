/* A preview stands in a tab of its own: the button closes it, and the text is there again. */

for (const row of document.querySelectorAll("[data-kb-close]")) {
  row.hidden = false;
  row.querySelector("button").addEventListener("click", () => window.close());
}
