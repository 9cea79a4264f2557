/* A field for a file says to a screen reader what it is for: the words of its group, else those on it. */
(function () {
  "use strict";

  function nameFields() {
    document.querySelectorAll("#content input[type=file]:not([aria-label])").forEach(function (field) {
      var group = field.closest("[role=group][aria-label]");
      var words = group ? group.getAttribute("aria-label") : field.parentElement.textContent.trim();
      if (words) field.setAttribute("aria-label", words);
    });
  }

  new MutationObserver(nameFields).observe(document.documentElement, { childList: true, subtree: true });
})();
