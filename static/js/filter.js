/* A long list made short by what one types: the lines that hold the words, whatever their accents.
   What is ticked or chosen stays in sight. Without script the whole list is there. */

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’ʼ]/g, "'").toLowerCase().trim();
}

function mount(filter) {
  const list = filter.closest("[data-kb-filtered]");
  const lines = [...list.querySelectorAll("[data-kb-line]")];
  const said = lines.map((line) => folded(line.textContent));
  const input = filter.querySelector("input");
  filter.hidden = false;
  input.addEventListener("input", () => {
    const words = folded(input.value).split(/\s+/);
    for (const [rank, line] of lines.entries()) {
      const isFound = words.every((word) => said[rank].includes(word));
      line.hidden = !isFound && !line.querySelector(":checked");
    }
  });
}

for (const filter of document.querySelectorAll("[data-kb-filter]")) mount(filter);
