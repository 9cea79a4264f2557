/* The renderer forgets what it noted of every component that it draws anew, one by one. Each time its store makes a
   new list of notes, and wakes every component to ask whether that concerns it: on a page of thousands, millions of
   questions for one click. Where the new list says what the old one said, nobody is told; everything else passes
   as it was (docs/decisions/0012-nobody-is-told-of-nothing.md). */
(function () {
  "use strict";
  var NOTES = "layoutHashes";
  var stores = (window.dash_stores = window.dash_stores || []);
  var add = stores.push;

  function isMap(value) {
    return value !== null && typeof value === "object" && !Array.isArray(value);
  }

  function isAlike(before, now) {
    if (!isMap(before) || !isMap(now)) return false;
    var keys = Object.keys(now);
    return (
      keys.length === Object.keys(before).length &&
      keys.every(function (key) {
        return before[key] === now[key];
      })
    );
  }

  // Only the notes were made anew, and they are the same notes.
  function saysTheSame(before, now) {
    if (before === now || !isMap(before) || !isMap(now) || !isAlike(before[NOTES], now[NOTES])) return false;
    var rest = {};
    rest[NOTES] = before[NOTES];
    return isAlike(before, Object.assign({}, now, rest));
  }

  stores.push = function (store) {
    var subscribe = store.subscribe;
    store.subscribe = function (listener) {
      var seen = store.getState();
      return subscribe.call(store, function () {
        var before = seen;
        seen = store.getState();
        if (!saysTheSame(before, seen)) listener();
      });
    };
    return add.apply(stores, arguments);
  };
})();
