/* What the frame does in the browser by itself: switches, the title, and a calm word when an answer is a refusal. */
(function () {
  "use strict";

  function nothing() {
    return window.dash_clientside.no_update;
  }

  function setCookie(name, value) {
    var secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = name + "=" + value + "; path=/; max-age=31536000; samesite=lax" + secure;
  }

  function formToken() {
    var config = JSON.parse(document.getElementById("_dash-config").textContent);
    var found = document.cookie.split("; ").find(function (pair) {
      return pair.indexOf(config.csrf_token_name + "=") === 0;
    });
    var headers = {};
    headers[config.csrf_header_name] = found ? found.slice(config.csrf_token_name.length + 1) : "";
    return headers;
  }

  function tell(text) {
    var notice = document.getElementById("notice");
    if (!notice || !text) return;
    notice.textContent = text;
    notice.hidden = false;
    clearTimeout(tell.timer);
    tell.timer = setTimeout(function () {
      notice.hidden = true;
    }, 8000);
  }

  function tellExpired() {
    var dialog = document.getElementById("expired");
    var link = document.getElementById("sign-in-again");
    if (!dialog || dialog.open) return;
    link.href = "/sign-in?next=" + encodeURIComponent(location.pathname + location.search);
    dialog.showModal();
  }

  function tellRefusal(response) {
    if (response.status === 401) {
      tellExpired();
      return;
    }
    response.clone().json().then(
      function (answer) {
        tell(answer.message + (answer.incident ? " (" + answer.incident + ")" : ""));
      },
      function () {
        tell(String(response.status));
      }
    );
  }

  var send = window.fetch.bind(window);
  window.fetch = function () {
    return send.apply(null, arguments).then(
      function (response) {
        if (response.status >= 400) tellRefusal(response);
        return response;
      },
      function (fault) {
        var notice = document.getElementById("notice");
        if (notice && fault.name !== "AbortError") tell(notice.dataset.offline);
        throw fault;
      }
    );
  };

  document.addEventListener("click", function (event) {
    if (event.target.closest("#try-again")) location.reload();
  });

  // A sheet of A4 within its margins, in the pixels of print.css (186 mm at its zoom).
  var SHEET = 960;

  window.addEventListener("beforeprint", function () {
    document.querySelectorAll(".js-plotly-plot .svg-container").forEach(function (figure) {
      figure.style.zoom = Math.min(1, SHEET / figure.offsetWidth);
    });
  });

  window.addEventListener("afterprint", function () {
    document.querySelectorAll(".js-plotly-plot .svg-container").forEach(function (figure) {
      figure.style.zoom = "";
    });
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.frame = Object.assign(window.dash_clientside.frame || {}, {
    choose_scheme: function (told, shown) {
      // The switch says light until it has asked the system; the root already stands in what is painted.
      var scheme = told && document.documentElement.getAttribute("data-mantine-color-scheme");
      if (!scheme || scheme === shown) return nothing();
      setCookie("scheme", scheme);
      return scheme;
    },
    choose_language: function (clicks) {
      if (!clicks) return;
      setCookie("language", document.getElementById("language").dataset.language);
      location.reload();
    },
    sign_out: function (clicks) {
      if (!clicks) return;
      send("/sign-out", { method: "POST", headers: formToken(), redirect: "manual" }).then(
        function () {
          location.assign("/sign-in?notice=left");
        },
        function () {
          location.assign("/sign-out");
        }
      );
    },
    set_title: function (title) {
      if (title) document.title = title;
    },
    open_nav: function (opened, navbar) {
      return Object.assign({}, navbar, { collapsed: { mobile: !opened } });
    },
    close_nav: function () {
      return false;
    },
    keep_moment: function (search) {
      var given = new URLSearchParams(search || "");
      var kept = new URLSearchParams();
      ["as_of", "as_known"].forEach(function (name) {
        if (given.has(name)) kept.set(name, given.get(name));
      });
      return "/" + (kept.toString() ? "?" + kept.toString() : "");
    },
    share_choices: function (choices) {
      return window.dash_clientside.callback_context.outputs_list.map(function () {
        return choices || [];
      });
    },
    switch_page: function (chosen, path, search) {
      var address = (chosen || [])[0];
      return address && address !== path + (search || "") && address.split("?")[0] !== path ? address : nothing();
    },
    choose_moment: function (_apply, _reset, day, version, search) {
      var state = new URLSearchParams(search || "");
      state.delete("as_of");
      state.delete("as_known");
      if (window.dash_clientside.callback_context.triggered_id === "moment-apply") {
        if (day) state.set("as_of", day);
        if (version) state.set("as_known", version);
      }
      var text = state.toString();
      return text ? "?" + text : "";
    },
  });
})();
