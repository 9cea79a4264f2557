"""Files of the import centre go to whom the table says, and no word of another's file to anybody else."""

from io import BytesIO
from zipfile import ZipFile, is_zipfile

from dashboard.pages.imports.import_desk import FILES, NEEDS
from funds.kinds import ScopeKind
from funds.queries.scopes import fund_scope
from tests.matrix.asking import Desk
from tests.matrix.cells import SECRET_VERSION, holds, may_read
from tests.matrix.city import NAME, OTHER_FUND, SECRET
from tests.matrix.identities import Identity


def words_of(content: bytes) -> str:
    """Every part of a workbook as text, or the answer itself."""
    if not is_zipfile(BytesIO(content)):
        return content.decode(errors="replace")
    with ZipFile(BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


def test_files_of_imports_go_to_whom_the_table_says(desk: Desk, identity: Identity) -> None:
    may_import, client = holds(identity, NEEDS), desk.clients[identity.name]
    # Nobody here owns a workbook on its way, and the change with the other side's lines was read from no file of theirs.
    reads_city = may_import and identity.scope is ScopeKind.CITY
    expected = {
        "template": may_import,
        "annotated/9999": False,
        "original/9999": False,
        f"batch/{SECRET_VERSION}": reads_city,
    }
    answers = {path: client.get(f"{FILES}/{path}") for path in expected}
    wrong = {
        path: got.status_code
        for path, got in answers.items()
        if (got.status_code == 200) is not expected[path]
    }
    assert wrong == {}
    assert all(got.status_code in (200, 302, 401, 403, 404) for got in answers.values())
    told = "\n".join(words_of(got.data) for got in answers.values())
    if not may_read(identity, fund_scope(OTHER_FUND)):
        assert SECRET not in told
        assert NAME not in told
