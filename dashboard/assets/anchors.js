/* The part of an address behind #: the browser looks for it before the page is drawn, so it is looked for again. */
(function () {
  "use strict";
  var reached = null;

  function reach() {
    var name = decodeURIComponent(location.hash.slice(1));
    var place = location.pathname + location.search + location.hash;
    if (!name || reached === place) return;
    var target = document.getElementById(name);
    if (!target || !target.closest("#content")) return;
    reached = place;
    target.scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  }

  function watch() {
    reached = null;
    reach();
  }

  new MutationObserver(reach).observe(document.documentElement, { childList: true, subtree: true });
  window.addEventListener("hashchange", watch);
  window.addEventListener("popstate", watch);
  window.addEventListener("_dashprivate_pushstate", function () {
    reached = null;
  });
})();
