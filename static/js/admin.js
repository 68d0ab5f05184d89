/* Brings to life, in Wagtail's admin, what its own pages do with scripts written in them: the
   calendars of fields that hold a date or an hour. */

function bring(mark) {
  const { kbChooser, kbOf, kbConfig } = mark.dataset;
  mark.remove();
  if (document.getElementById(kbOf)) window[kbChooser]?.(kbOf, JSON.parse(kbConfig));
}

function look() {
  document.querySelectorAll("[data-kb-chooser]").forEach(bring);
}

look();
new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
