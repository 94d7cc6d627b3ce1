"""Addresses without end are noticed, and what has an end is not accused."""

from collections.abc import Iterator

from linkcheck.traps import CHAIN, SAME, Traps, Walked

SITE = "https://a.test"


def walked(path: str, *new: str, chain: int = 0, digest: str | None = None, elsewhere: bool = False) -> Walked:
    links = tuple(f"{SITE}{one}" for one in new)
    return Walked(url=f"{SITE}{path}", chain=chain, digest=digest or path, new_links=links, is_elsewhere=elsewhere)


def reading(pages: Iterator[Walked]) -> tuple[Traps, int]:
    """Read pages until there is a trap; give how many it took."""
    traps = Traps()
    for count, page in enumerate(pages, start=1):
        if traps.walk(page):
            return traps, count
    return traps, 0


def test_a_calendar_ends_after_a_while() -> None:
    pages = (walked(f"/cal/{2026 + n // 12}/{n % 12 + 1}", f"/cal/{2026 + n}/7", chain=n) for n in range(10**6))

    traps, count = reading(pages)

    assert count <= CHAIN + 2
    assert traps.holds(f"{SITE}/cal/3000/1")
    assert not traps.holds(f"{SITE}/news/3000/1")
    (trap,) = traps
    assert trap.why == f"{trap.why.split()[0]} of its pages lead one to the next, and nowhere else"
    assert trap.example.startswith(f"{SITE}/cal/")


def test_a_page_that_links_to_itself_under_ever_new_addresses_ends_sooner() -> None:
    pages = (walked(f"/?x={n}", f"/?x={n + 10**6}", digest="same") for n in range(10**6))

    traps, count = reading(pages)

    assert count <= SAME + 2
    assert traps.holds(f"{SITE}/?x=7")


def test_session_ids_in_paths_end() -> None:
    pages = (
        walked(f"/{n:012x}a/{name}", f"/{n + 1:012x}a/{name}", digest=name)
        for n in range(10**6)
        for name in ("about", "contact")
    )

    traps, count = reading(pages)

    assert count <= 2 * (SAME + 2)
    assert len(list(traps)) == 1


def test_many_pages_of_one_template_are_no_trap() -> None:
    archive = (walked(f"/article/{n}", f"/img/{n}.jpg") for n in range(5000))
    assert reading(archive)[1] == 0

    chained = (walked(f"/article/{n}", f"/article/{n + 1}", chain=n, elsewhere=n % 20 == 0) for n in range(5000))
    assert reading(chained)[1] == 0

    listed = (
        walked(f"/?page={n}", f"/?page={n + 1}", f"/story-of-{chr(97 + n % 26)}{n}x{n}", chain=n) for n in range(40)
    )
    assert reading(listed)[1] == 0


def test_pages_that_say_the_same_and_lead_nowhere_are_no_trap() -> None:
    lost = (walked(f"/gone/{n}", digest="not found") for n in range(1000))

    assert reading(lost)[1] == 0


def test_what_is_remembered_is_bounded() -> None:
    traps = Traps(most=10)

    for n in range(1000):
        name = "".join(chr(97 + int(digit)) for digit in str(n))
        traps.walk(walked(f"/{name}/", f"/{name}x/"))

    assert len(traps._kinds) == 10
    assert len(traps._met) == 10
