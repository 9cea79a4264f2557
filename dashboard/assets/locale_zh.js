/* Chinese for the calendar and for the tools of a figure; both look for it under these names. */
(function () {
  "use strict";
  var DAYS = ["日", "一", "二", "三", "四", "五", "六"];
  var NUMBERS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
  var months = NUMBERS.map(function (number) {
    return number + "月";
  });
  var shortMonths = NUMBERS.map(function (_, at) {
    return at + 1 + "月";
  });
  var week = DAYS.map(function (day) {
    return "周" + day;
  });

  window["dayjs_locale_zh-cn"] = {
    name: "zh-cn",
    weekStart: 1,
    yearStart: 4,
    weekdays: DAYS.map(function (day) {
      return "星期" + day;
    }),
    weekdaysShort: week,
    weekdaysMin: DAYS,
    months: months,
    monthsShort: shortMonths,
    ordinal: function (number, unit) {
      return number + (unit === "W" ? "周" : "日");
    },
    formats: {
      LT: "HH:mm",
      LTS: "HH:mm:ss",
      L: "YYYY-MM-DD",
      LL: "YYYY年M月D日",
      LLL: "YYYY年M月D日 HH:mm",
      LLLL: "YYYY年M月D日dddd HH:mm",
    },
    relativeTime: {},
  };

  window.PlotlyLocales = window.PlotlyLocales || [];
  window.PlotlyLocales.push({
    moduleType: "locale",
    name: "zh-CN",
    dictionary: {
      Autoscale: "自动缩放",
      "Box Select": "框选",
      "Compare data on hover": "悬停时对比",
      "Double-click on legend to isolate one trace": "双击图例只看这一项",
      "Double-click to zoom back out": "双击还原",
      "Download plot": "下载图片",
      "Download plot as a PNG": "下载图片（PNG）",
      "Lasso Select": "套索选择",
      Pan: "平移",
      Reset: "还原",
      "Reset axes": "还原坐标轴",
      "Reset view": "还原视图",
      "Show closest data on hover": "悬停时显示最近的数据",
      "Snapshot succeeded": "图片已生成",
      "Sorry, there was a problem downloading your snapshot!": "图片没能生成，请重试",
      "Taking snapshot - this may take a few seconds": "正在生成图片，请稍候",
      "Toggle Spike Lines": "显示或隐藏引线",
      Zoom: "缩放",
      "Zoom in": "放大",
      "Zoom out": "缩小",
      "close:": "收：",
      "concentration:": "占比：",
      "high:": "高：",
      "incoming flow count:": "流入笔数：",
      "low:": "低：",
      "max:": "最大：",
      "mean ± σ:": "均值 ± σ：",
      "mean:": "均值：",
      "median:": "中位数：",
      "min:": "最小：",
      "new text": "新文字",
      "open:": "开：",
      "outgoing flow count:": "流出笔数：",
      "q1:": "下四分位：",
      "q3:": "上四分位：",
      "source:": "来自：",
      "target:": "去向：",
    },
    format: {
      days: DAYS.map(function (day) {
        return "星期" + day;
      }),
      shortDays: week,
      months: months,
      shortMonths: shortMonths,
      date: "%Y-%m-%d",
      decimal: ".",
      thousands: ",",
    },
  });
})();
