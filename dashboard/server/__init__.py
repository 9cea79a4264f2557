"""The web server: one application made from a book and settings, closed unless a name opens a route."""

from dashboard.server.application import create_app

__all__ = ["create_app"]
