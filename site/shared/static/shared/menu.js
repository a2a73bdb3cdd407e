// The menu closes with Escape, and when the focus or a click goes elsewhere; without this its own button closes it.
"use strict";

(() => {
  for (const menu of document.querySelectorAll("details.menu")) {
    const closeFor = (target) => {
      if (!menu.contains(target)) menu.open = false;
    };
    document.addEventListener("click", (event) => closeFor(event.target));
    // To nothing at all goes the focus of who looks at another window: the menu waits.
    menu.addEventListener("focusout", (event) => event.relatedTarget && closeFor(event.relatedTarget));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }
})();
