"""The sheets of the workbook template, in the order in which they are imported."""

from collections.abc import Mapping

from funds.drafts import Draft
from funds.intake.columns import Sheet
from funds.intake.sheets.deals import DEAL_SHEETS
from funds.intake.sheets.ledger import LEDGER_SHEETS
from funds.intake.sheets.parties import COMPANY_TAG_SHEET, PARTY_SHEETS
from funds.intake.sheets.places import PLACE_SHEETS
from funds.intake.sheets.values import VALUE_SHEETS
from funds.intake.sheets.vehicles import VEHICLE_SHEETS

TEMPLATE_VERSION = "1"

SHEETS: tuple[Sheet, ...] = (
    *PLACE_SHEETS,
    *PARTY_SHEETS,
    *VEHICLE_SHEETS,
    *LEDGER_SHEETS,
    COMPANY_TAG_SHEET,
    *DEAL_SHEETS,
    *VALUE_SHEETS,
)
SHEET_BY_TITLE: Mapping[str, Sheet] = {sheet.title: sheet for sheet in SHEETS}
SHEET_BY_DRAFT: Mapping[type[Draft], Sheet] = {sheet.draft_type: sheet for sheet in SHEETS}
