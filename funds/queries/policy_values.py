"""Numbers of policy as they hold on a day, for what is decided without a slice."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import Connection, or_, select

from funds.book import visible
from funds.models import Policy


def find_policy_values(
    connection: Connection, version: int, codes: Collection[str], on: date
) -> Mapping[str, int]:
    """The city's values × 1e6 by code, each of its newest row in force; without those the book says nothing of."""
    query = (
        select(Policy.code, Policy.value_e6)
        .where(
            Policy.code.in_(codes),
            Policy.value_e6.is_not(None),
            Policy.park_id.is_(None),
            Policy.from_date <= on,
            or_(Policy.to_date.is_(None), Policy.to_date > on),
            visible(Policy, version),
        )
        .order_by(Policy.from_date, Policy.id)
    )
    return {row.code: row.value_e6 for row in connection.execute(query)}
