/**
 * Menus shut when their reader goes elsewhere or has pressed something in them: they lie over the page.
 * They open by themselves, so what they hold is there without scripts too.
 */

for (const menu of document.querySelectorAll("details.menu")) {
  const summary = menu.querySelector("summary");
  const shut = ({ relatedTarget, target }) => {
    const to = relatedTarget ?? target;
    if (menu.contains(to) && (relatedTarget || !to.closest("a, button"))) return;
    // The focus that was in it goes to what opens it, also after a dialog that was opened from there.
    if (menu.open && menu.contains(document.activeElement)) summary.focus();
    menu.open = false;
  };
  document.addEventListener("click", shut);
  menu.addEventListener("focusout", (event) => event.relatedTarget && shut(event));
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    summary.focus();
  });
}
