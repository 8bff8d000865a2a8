/**
 * The menu of languages shuts when its reader goes elsewhere: it lies over the page. Choosing is a plain form.
 */

const menu = document.querySelector(".languages");

function shut(event) {
  if (menu.open && !menu.contains(event.relatedTarget ?? event.target)) menu.open = false;
}

if (menu) {
  document.addEventListener("click", shut);
  menu.addEventListener("focusout", (event) => event.relatedTarget && shut(event));
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
