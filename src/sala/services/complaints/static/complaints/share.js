// Passing a page on: by the telephone's own way where it has one, else by copying the address. Without scripts, or
// where neither works, the button stays away: the address stands in the browser anyway.
for (const button of document.querySelectorAll("[data-share], [data-copy]")) {
  const told = button.parentElement.querySelector("[data-shared]");
  const url = button.dataset.copy || location.origin + location.pathname;
  const may = "share" in button.dataset && navigator.share;
  if (!may && !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      if (may) return await navigator.share({ title: document.title, url });
      await navigator.clipboard.writeText(url);
      told.textContent = told.dataset.words;
    } catch {
      told.textContent = ""; // the person thought better of it
    }
  });
}
