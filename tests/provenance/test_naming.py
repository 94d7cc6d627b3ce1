import pytest

from linkcheck.model import Role
from linkcheck.provenance.naming import Naming, naming

TITLE = "House by the Lake Was Sold for One Crown"


@pytest.mark.parametrize(
    ("text", "titles", "role", "expected"),
    [
        (TITLE, (TITLE,), Role.RELATED, Naming.EQUAL),
        (TITLE, (f"{TITLE} | The Paper",), Role.RELATED, Naming.EQUAL),
        (f"{TITLE} - Reports", (TITLE,), Role.RELATED, Naming.EQUAL),
        ("House by lake sold for just one crown", (TITLE,), Role.RELATED, Naming.AGREES),
        ("According to the Herald", ("Minister: I Knew Nothing", "x"), Role.CITATION, Naming.SILENT),
        (TITLE, ("Football Results From All Divisions",), Role.RELATED, Naming.CONTRADICTS),
        (TITLE, ("Football Results From All Divisions",), Role.CITATION, Naming.SILENT),
        (TITLE, ("404",), Role.RELATED, Naming.SILENT),
        (TITLE, (), Role.RELATED, Naming.SILENT),
        ("here", ("Here",), Role.CITATION, Naming.SILENT),
    ],
)
def test_titles_agree_contradict_or_say_nothing(
    text: str, titles: tuple[str, ...], role: Role, expected: Naming
) -> None:
    assert naming(text, titles, role) is expected
