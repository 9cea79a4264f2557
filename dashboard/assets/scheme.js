/* Light or dark, settled before anything is painted; the cookie tells the server which figures to draw. */
(function () {
  "use strict";
  var KEY = "mantine-color-scheme-value";
  var root = document.documentElement;

  function saved() {
    try {
      return localStorage.getItem(KEY);
    } catch (_) {
      return null;
    }
  }

  function apply(scheme) {
    root.setAttribute("data-mantine-color-scheme", scheme);
    var secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = "scheme=" + scheme + "; path=/; max-age=31536000; samesite=lax" + secure;
  }

  var choice = saved();
  var night = matchMedia("(prefers-color-scheme: dark)").matches;
  apply(choice === "dark" || (choice !== "light" && night) ? "dark" : "light");

  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-scheme-toggle]")) return;
    var next = root.getAttribute("data-mantine-color-scheme") === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(KEY, next);
    } catch (_) {
      /* a browser that keeps nothing still switches for now */
    }
    apply(next);
  });
})();
