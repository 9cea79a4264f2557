"""Percentages as whole millionths and other decimal figures as whole numbers × 1e6, read exactly."""

from decimal import Decimal

from funds.faults import ValueFault, shorten
from funds.numerals import fold_width, is_numeral, scale_numeral, write_number

MICRO = 10**6
WHOLE_PPM = 10**6
_PPM_OF_PERCENT = 10**4
_MOST = 9 * 10**18


class MeasureFault(ValueFault):
    """A percentage or figure that cannot be read, or has more digits than the book keeps."""


def parse_percent(value: str | int | float | Decimal) -> int:
    """What a column headed % holds, in ppm: 12.5 and 12.5% are 125,000. From 0 to 100."""
    if isinstance(value, str):
        folded = fold_width(value)
        ppm = _scale(folded.removesuffix("%").rstrip(), value, _PPM_OF_PERCENT)
    else:
        ppm = _scale(value, value, _PPM_OF_PERCENT)
    if not 0 <= ppm <= WHOLE_PPM:
        raise MeasureFault("measure.not_a_share", text=shorten(value))
    return ppm


def parse_fraction(value: int | float | Decimal) -> int:
    """What a cell formatted as a percentage holds, in ppm: 0.125, shown as 12.5 %, is 125,000."""
    ppm = _scale(value, value, WHOLE_PPM)
    if not 0 <= ppm <= WHOLE_PPM:
        raise MeasureFault("measure.not_a_share", text=shorten(value))
    return ppm


def parse_figure(value: str | int | float | Decimal) -> int:
    """A decimal figure × 1e6; a percent sign is refused, for the unit has a column of its own."""
    if isinstance(value, str) and fold_width(value).endswith("%"):
        raise MeasureFault("measure.percent_sign", text=shorten(value))
    return _scale(fold_width(value) if isinstance(value, str) else value, value, MICRO)


def parse_whole(value: str | int | float | Decimal, least: int = 1, most: int = 9999) -> int:
    """A whole number within bounds, as ranks and numbers of rows are."""
    number, rest = divmod(parse_figure(value), MICRO)
    if rest or not least <= number <= most:
        raise MeasureFault("measure.not_whole", text=shorten(value), least=least, most=most)
    return number


def format_scaled(value: int, scale: int) -> str:
    """The exact decimal text of value ÷ scale, where scale is a power of ten."""
    whole, rest = divmod(abs(value), scale)
    decimals = f"{rest:0{len(str(scale)) - 1}d}".rstrip("0")
    return f"{'-' if value < 0 else ''}{whole}{'.' if decimals else ''}{decimals}"


def _scale(value: str | int | float | Decimal, found: object, scale: int) -> int:
    """A numeral or number × scale, as a whole number that a book's column holds."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float, Decimal)):
        raise MeasureFault("measure.not_a_number", text=shorten(found))
    numeral = value if isinstance(value, str) else write_number(value)
    if numeral is None or (isinstance(value, str) and not is_numeral(numeral)):
        raise MeasureFault("measure.not_a_number", text=shorten(found))
    scaled = scale_numeral(numeral, scale)
    if scaled is None:
        raise MeasureFault("measure.too_precise", text=shorten(found))
    if abs(scaled) > _MOST:
        raise MeasureFault("measure.too_large", text=shorten(found))
    return scaled
