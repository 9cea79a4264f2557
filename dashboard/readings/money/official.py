"""Which leverage the commission has chosen as the city's own: dated policy, or nothing yet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from dashboard.readings.money.capital import SoeTreatment
from dashboard.readings.money.leverage_options import LeverageOptions
from funds.kinds import Basis
from funds.queries.filed_figures import PolicyRow
from funds.queries.ledger_slice import LedgerSlice

DEFINITION, BASIS, SOE = (
    "leverage.official_definition",
    "leverage.official_basis",
    "leverage.official_soe",
)
# A choice is written in words of the trade, or as the command line has it.
BASES: Mapping[str, Basis] = {
    "认缴": Basis.COMMITTED,
    "committed": Basis.COMMITTED,
    "实缴": Basis.PAID_IN,
    "paid_in": Basis.PAID_IN,
}
TREATMENTS: Mapping[str, SoeTreatment] = {
    "单列": SoeTreatment.APART,
    "apart": SoeTreatment.APART,
    "计入社会资本": SoeTreatment.SOCIAL,
    "social": SoeTreatment.SOCIAL,
    "计入财政": SoeTreatment.FISCAL,
    "fiscal": SoeTreatment.FISCAL,
}
CODES = frozenset(f"LV{number:02d}" for number in range(1, 14)) | {"LV00d"}


@dataclass(frozen=True)
class OfficialChoice:
    """The chosen definition with its basis (None = both stand) and where state-owned money counts."""

    code: str
    basis: Basis | None
    soe: SoeTreatment
    document: str
    from_date: date

    def of(self, options: LeverageOptions) -> LeverageOptions:
        """The options that the choice prescribes, everything else as asked."""
        return replace(options, basis=self.basis, soe=self.soe)


def read_official(slice_: LedgerSlice) -> OfficialChoice | None:
    """The choice in force on the day; None while the definition is open (待定) or named in no known words."""
    newest: dict[str, PolicyRow] = {
        row.code: row for row in slice_.facts.policy_rows if row.holds_on(slice_.as_of)
    }
    row = newest.get(DEFINITION)
    code = (row.words or "").strip() if row is not None else ""
    if row is None or code not in CODES:
        return None
    # LV02 is LV01 on commitments.
    basis = Basis.COMMITTED if code == "LV02" else BASES.get(_words(newest.get(BASIS)))
    soe = TREATMENTS.get(_words(newest.get(SOE)), SoeTreatment.APART)
    return OfficialChoice("LV01" if code == "LV02" else code, basis, soe, row.document, row.from_date)


def _words(row: PolicyRow | None) -> str:
    return "" if row is None else (row.words or "").strip()
