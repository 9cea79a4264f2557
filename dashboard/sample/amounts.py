"""Amounts as people write them: whole 万元 mostly, now and then an odd one to the fen."""

from collections.abc import Sequence

WAN = 1_000_000
WHOLE = 1_000_000


def to_wan(fen: float) -> int:
    """The nearest whole 万元, in fen."""
    return round(fen / WAN) * WAN


def down_to_wan(fen: int) -> int:
    """The whole 万元 in an amount, in fen."""
    return fen // WAN * WAN


def up_to_wan(fen: int) -> int:
    """The next whole 万元 from an amount on, in fen."""
    return -(-fen // WAN) * WAN


def split_exactly(total: int, weights: Sequence[int]) -> list[int]:
    """Parts in proportion to weights that add up to the total; the largest remainders take what is left."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts
