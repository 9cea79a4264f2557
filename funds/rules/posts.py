"""Three posts, three people: who administers the system, its security or its audit does nothing else in it."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any

from sqlalchemy import select

from funds.kinds import Role
from funds.models import Membership, Person
from funds.models.visibility import visible
from funds.rules.breaches import Breach, Reach

POSTS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


def check_posts(reach: Reach) -> Iterator[Breach]:
    """People who hold one of the three posts and, at the same time, any other role."""
    query = (
        select(Membership.id, Membership.person_id, Membership.role, Membership.from_date, Membership.to_date)
        .add_columns(Person.login)
        .join(Person, Person.id == Membership.person_id)
        .where(
            visible(Membership, reach.version),
            reach.touched(Membership.person_id, (Membership, select(Membership.person_id))),
        )
        .order_by(Membership.id)
    )
    held: dict[int, list[Any]] = {}
    for row in reach.connection.execute(query):
        held.setdefault(row.person_id, []).append(row)
    for rows in held.values():
        pair = next((pair for pair in permutations(rows, 2) if _is_mixed(*pair)), None)
        if pair is not None:
            post, other = pair
            params = {"person": post.login, "post": post.role.value, "other": other.role.value}
            yield Breach("posts.mixed", "membership", max(post.id, other.id), ("role",), other.login, params)


def _is_mixed(post: Any, other: Any) -> bool:
    """Whether a post and another role are held by one person on some day."""
    return (
        post.role in POSTS
        and other.role is not post.role
        and (post.to_date is None or other.from_date < post.to_date)
        and (other.to_date is None or post.from_date < other.to_date)
    )
