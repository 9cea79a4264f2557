/* A band of the flow of every yuan that is clicked opens what stands behind it; the address tells which. */
(function () {
  "use strict";

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.frame = Object.assign(window.dash_clientside.frame || {}, {
    open_band: function (clicked) {
      var point = clicked && clicked.points && clicked.points[0];
      var address = point && point.label;
      var isOurs = typeof address === "string" && address.charAt(0) === "/" && address.charAt(1) !== "/";
      return isOurs ? address : window.dash_clientside.no_update;
    }
  });
})();
