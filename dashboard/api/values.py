"""The kinds of value that other programs send and get: amounts as text of 元, days, codes, names."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt

from funds.money import Unit, format_fen, parse_money

AMOUNT = r"^-?[0-9]+\.[0-9]{2}$"
# No control signs: they are no text, and a database refuses some of them.
PRINTED = r"^[^\x00-\x1f\x7f]+$"
# Years in which a fund can have lived: reckoning back from the year 1 leads out of the calendar.
YEAR = "(?:19|20|21)[0-9]{2}"
_DAY = re.compile(rf"{YEAR}-[0-9]{{2}}-[0-9]{{2}}")


def write_yuan(fen: int) -> str:
    """Fen as text of 元 with two decimals."""
    return format_fen(fen, Unit.YUAN, 2, grouped=False)


def read_yuan(text: str) -> int:
    """Text of 元 as fen; a fault where it is too much."""
    return parse_money(text, Unit.YUAN, signed=True)


def _only_a_day(value: Any) -> Any:
    """A day is text of one form; what else could be read as one is refused."""
    if not isinstance(value, str) or _DAY.fullmatch(value) is None:
        raise ValueError("YYYY-MM-DD")
    return value


Amount = Annotated[str, Field(pattern=r"^-?[0-9]{1,14}\.[0-9]{2}$", examples=["12000000.00"])]
Money = Annotated[str, Field(pattern=AMOUNT, examples=["12000000.00"])]
Day = Annotated[date, BeforeValidator(_only_a_day)]
Code = Annotated[str, Field(min_length=1, max_length=64, pattern=PRINTED)]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=PRINTED)]
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=PRINTED)]
Reason = Annotated[str, Field(min_length=2, max_length=500, pattern=PRINTED)]
Share = Annotated[StrictInt, Field(ge=0, le=1_000_000)]
Flag = StrictBool


class Sent(BaseModel):
    """What comes in: nothing but what is named."""

    model_config = ConfigDict(extra="forbid")


class Given(BaseModel):
    """What goes out."""

    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)
