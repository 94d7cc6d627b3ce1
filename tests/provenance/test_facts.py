"""Twenty real pages, read by hand: what they are called, by whom, from when, and where they appeared."""

import json
from pathlib import Path

from tests.eval.metadata import facts_of, folded
from tests.eval.pages import pages

EXPECTED = json.loads(Path(__file__).with_name("facts.json").read_text(encoding="utf-8"))
NOT_YET = {
    ("aussengedanken.de.feuerholz.html", "author"): "the place follows the names without a mark between",
    ("neues-deutschland.de.mietenstreik.html", "published"): "the metadata give the day of the printed issue",
    ("neues-deutschland.de.mietenstreik.html", "publisher"): "stands in the <title> alone, in brackets",
    ("spektrum.de.coronavirus.html", "author"): "two bylines are two claims, of which the first is the strongest",
}
"""What is known to be missed or read otherwise, and why."""


def test_pages_are_read_as_people_read_them(cases: Path) -> None:
    differing = {
        (page.name, field)
        for page in pages(cases)
        if page.name in EXPECTED
        for field, wanted in EXPECTED[page.name].items()
        if folded(facts_of(page).first(field) or "") != folded(wanted or "")
    }

    assert len(EXPECTED) == 20
    assert differing == set(NOT_YET)
