"""The way to the files of the import centre, made anew for whoever asks."""

from urllib.parse import quote

from flask import Flask, Response

from dashboard.auth.visit import current_visit
from dashboard.pages.asked_page import clean_file_name
from dashboard.pages.imports.files import make_file
from dashboard.pages.imports.import_desk import FILES
from dashboard.server.gate import IMPORT_FILES
from dashboard.tables.as_workbook import SHEET


def add_import_files(server: Flask) -> None:
    """Hand out templates, originals and workbooks with their problems."""

    def hand_out_file(kind: str, number: int | None = None) -> Response:
        name, content = make_file(current_visit(), kind, number)
        response = Response(content, mimetype=SHEET)
        file = quote(clean_file_name(name), safe="")
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{file}"
        response.headers["Cache-Control"] = "no-store"
        return response

    server.add_url_rule(f"{FILES}/<kind>", IMPORT_FILES, hand_out_file, methods=["GET"])
    server.add_url_rule(f"{FILES}/<kind>/<int:number>", IMPORT_FILES, methods=["GET"])
