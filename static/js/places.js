/* The bar of a move says which place is chosen; until one is, there is nothing to press. */

const form = document.querySelector(".places");
const said = form.querySelector("[data-kb-under]");
const move = form.querySelector("[data-kb-move]");

function show() {
  const chosen = form.querySelector("[name=parent]:checked");
  const name = chosen?.closest("label").querySelector(".place-name").firstChild.textContent.trim();
  const words = name ? said.dataset.kbUnder.replace("{name}", () => name) : said.dataset.kbNone;
  if (said.textContent !== words) said.textContent = words;
  move.disabled = !chosen;
}

form.addEventListener("change", show);
addEventListener("pageshow", show);
show();
