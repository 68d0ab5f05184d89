/* A password may be read while one types it; it is sent as one that is hidden. */

function mount(choice) {
  const password = document.querySelector("main [type=password]");
  const box = choice.querySelector("input");
  password.closest(".field").append(choice);
  choice.hidden = false;
  box.addEventListener("change", () => (password.type = box.checked ? "text" : "password"));
  password.form.addEventListener("submit", () => (password.type = "password"));
}

for (const choice of document.querySelectorAll("[data-kb-show-password]")) mount(choice);
