// What is wider than its place scrolls: the keyboard gets there too, and to nothing that need not scroll.
"use strict";

const reach = () => {
  for (const box of document.querySelectorAll("pre, .table-wrapper")) {
    if (box.scrollWidth > box.clientWidth) {
      box.tabIndex = 0;
    } else {
      box.removeAttribute("tabindex");
    }
  }
};
document.addEventListener("DOMContentLoaded", reach);
window.addEventListener("resize", reach);
