"""How a job makes a paper of a page: by the rights that its owner has by now, put away with the end of the job."""

import orjson

from dashboard.auth.identity import Identity
from dashboard.auth.visit import Visit
from dashboard.jobs.made_papers import put_away
from dashboard.jobs.task import Task
from dashboard.pages import PAGES
from dashboard.pages.asked_paper import find_paper


def make_paper(task: Task, person: Identity) -> None:
    """Make the file that the address asks for; it and the end of the job are there together, or neither."""
    given = task.job.given
    visit = Visit(task.book, person, given["language"], "light")
    made = find_paper(visit, PAGES, orjson.loads(given["query"])).write(task.tick)
    with task.book.keep() as connection:
        put_away(connection, task.job.id, made.name, made.kind, made.content)
        task.seal(connection)
