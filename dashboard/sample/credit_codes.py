"""Credit codes that pass every check and can belong to nobody: their region is one that does not exist."""

from funds.credit_code import find_check_character

NOWHERE = "990000"
ORGAN, FIRM = "11", "91"
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def make_credit_code(category: str, serial: int) -> str:
    """The eighteen characters for a serial number."""
    body = f"{serial:08d}"
    stem = f"{category}{NOWHERE}{body}{_check_organisation(body)}"
    return stem + find_check_character(stem)


def _check_organisation(body: str) -> str:
    """The check character of the organisation code inside, after GB 11714."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))
