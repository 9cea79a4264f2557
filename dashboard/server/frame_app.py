"""Dash as we serve it: our own page around it, in the language of the visit, and no word about versions."""

from typing import Any

from dash import Dash
from flask import g, has_request_context
from markupsafe import escape

from dashboard.auth.callbacks import GuardedApp
from dashboard.auth.visit import Visit
from dashboard.words import say

_PAGE = """<!DOCTYPE html>
<html lang="{lang}" data-mantine-color-scheme="{scheme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="icon" type="image/svg+xml" href="{icon}">
<script src="{first_script}"></script>
{css}
</head>
<body>
<noscript>{no_script}</noscript>
{app_entry}
<footer>{config}{scripts}{renderer}</footer>
</body>
</html>"""

# What the renderer asks for only with development tools on; the rest would tell versions to no purpose.
_UNTOLD = ("dash_version_url", "python_version", "ddk_version", "plotly_version", "dash_version")


class FrameDash(Dash):
    """The application that holds every page; `guarded` knows what each callback needs."""

    guarded: GuardedApp

    def interpolate_index(
        self,
        metas: str = "",
        title: str = "",
        css: str = "",
        config: str = "",
        scripts: str = "",
        app_entry: str = "",
        favicon: str = "",
        renderer: str = "",
    ) -> str:
        """The page that everything is drawn into."""
        visit = g.get("visit") if has_request_context() else None
        language, scheme = (visit.language, visit.scheme) if isinstance(visit, Visit) else ("zh", "light")
        return _PAGE.format(
            lang="zh-CN" if language == "zh" else "en",
            scheme=scheme,
            title=escape(say("product.name", language)),
            icon=self.get_asset_url("mark.svg"),
            first_script=self.get_asset_url("scheme.js"),
            no_script=escape(say("state.no_script", language)),
            css=css,
            app_entry=app_entry,
            config=config,
            scripts=scripts,
            renderer=renderer,
        )

    def _config(self) -> dict[str, Any]:
        config: dict[str, Any] = super()._config()  # type: ignore[no-untyped-call]
        return {**config, **{name: "" for name in _UNTOLD if name in config}}
