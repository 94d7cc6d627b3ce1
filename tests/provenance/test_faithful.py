from linkcheck.extract.passages import passages
from linkcheck.model import Copy, Passage
from linkcheck.provenance.api import Source, Text
from linkcheck.provenance.diff import changes
from linkcheck.provenance.faithful import compare, finding

PARAGRAPHS = [
    "The minister has resigned after it became known that he had spoken in secret with the ambassador about tariffs.",
    "He had told the press again and again that no such talks had ever been held before the government took office.",
    "His statements appear to have angered those officials who had backed his claims in public for several weeks.",
    "Nobody in the ministry wanted to say on Tuesday who would follow him, and when that would be made known.",
]


def compared(ours: list[str], theirs: list[str], *, around: str = "", is_cut: bool = False) -> Copy | None:
    body = "".join(f"<p>{one}</p>" for one in theirs)
    page = f"<nav><p>Home News Sport</p></nav><div><h1>Minister Resigns</h1>{body}</div>{around}"
    source = Source(url="http://a.test/s", text=Text(passages=passages(page), base="http://a.test/s", is_cut=is_cut))
    return compare(
        [Passage("Minister Resigns", is_heading=True), *(Passage(o, line=n) for n, o in enumerate(ours, 3))], source
    )


def test_a_faithful_copy_has_nothing_missing_added_or_altered() -> None:
    copy = compared(PARAGRAPHS, [one.replace("'", "\u2019") for one in PARAGRAPHS])

    assert copy
    assert (copy.share, copy.missing, copy.added, copy.altered) == (1.0, (), (), ())
    assert finding(copy, "the live original") is None


def test_a_missing_paragraph_is_named_with_the_line_it_should_follow() -> None:
    copy = compared([*PARAGRAPHS[:1], *PARAGRAPHS[2:]], PARAGRAPHS)

    assert copy
    assert [(one.line, one.theirs) for one in copy.missing] == [(3, PARAGRAPHS[1])]
    assert not copy.added
    assert not copy.altered


def test_an_added_paragraph_is_named_by_its_line() -> None:
    new = "The editors would like to add that the ambassador had been seen in the ministry on three more occasions."

    copy = compared([*PARAGRAPHS[:2], new, *PARAGRAPHS[2:]], PARAGRAPHS)

    assert copy
    assert [(one.line, one.ours) for one in copy.added] == [(5, new)]
    assert not copy.missing


def test_other_words_are_shown_side_by_side() -> None:
    copy = compared([PARAGRAPHS[0].replace("in secret", "openly"), *PARAGRAPHS[1:]], PARAGRAPHS)

    assert copy
    (one,) = copy.altered
    assert one.line == 3
    assert "[-in secret-] {+openly+}" in one.words
    said = finding(copy, "the live original")
    assert said
    assert said.message == "beside the live original: 1 paragraph is altered"


def test_paragraphs_that_were_joined_parted_or_moved_are_the_same() -> None:
    joined = [f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}", *PARAGRAPHS[2:]]

    for ours, theirs in ((joined, PARAGRAPHS), (PARAGRAPHS, joined), (PARAGRAPHS[::-1], PARAGRAPHS)):
        copy = compared(ours, theirs)
        assert copy
        assert (copy.missing, copy.added, copy.altered) == ((), (), ())


def test_boxes_and_lists_of_links_of_the_page_are_not_missing() -> None:
    box = "<div><p>Sign up for our newsletter and get the most important news of the day before breakfast.</p></div>"
    links = "<p><a href=/1>The first story that you may want to read today</a> <a href=/2>And the second one</a></p>"
    theirs = [PARAGRAPHS[0], f"{PARAGRAPHS[1]}</p>{box}{links}<p>{PARAGRAPHS[2]}", PARAGRAPHS[3]]

    copy = compared(PARAGRAPHS, theirs)

    assert copy
    assert copy.missing == ()


def test_a_stray_sign_is_a_note() -> None:
    copy = compared([PARAGRAPHS[0] + " \u2715", *PARAGRAPHS[1:]], PARAGRAPHS)

    assert copy
    said = finding(copy, "the live original")
    assert said
    assert (said.severity.value, said.message) == (
        "note",
        'beside the live original: a stray "\u2715" stands in line 3',
    )
    assert said.next == 'Take it out: "\u2715" in line 3'


def test_the_next_step_names_what_differs() -> None:
    theirs = [*PARAGRAPHS[:2], "A paragraph that the copy has not, of some words more than a few.", *PARAGRAPHS[2:]]
    copy = compared([*PARAGRAPHS[:3], PARAGRAPHS[3].replace(" the ", " every ", 1)], theirs)

    assert copy
    said = finding(copy, "the live original")
    assert said
    assert said.next == (
        "Restore what was not meant to change ([-the original-], {+here+}): "
        'after line 4 the original has "A paragraph that the copy has not, of some words more than a few."; '
        f"in line {copy.altered[0].line} {changes(copy.altered[0].words)}"
    )
    assert "[-the-] {+every+}" in said.next


def test_where_a_wall_hides_the_rest_nothing_is_compared() -> None:
    assert compared(PARAGRAPHS, PARAGRAPHS[:1]) is None


def test_of_a_page_that_was_cut_nothing_is_called_missing_or_added() -> None:
    copy = compared(PARAGRAPHS, PARAGRAPHS[:3], is_cut=True)

    assert copy
    assert (copy.missing, copy.added) == ((), ())


def test_pictures_have_words_that_no_copy_has() -> None:
    pictured = PARAGRAPHS[1].replace(
        "He had", "<a href=/1.jpg><img alt='The minister at his desk' src=1.jpg></a>He had"
    )
    mixed = PARAGRAPHS[2].replace("His", "<a href=/2><img alt='Officials in a corridor' src=2.jpg>His</a>")

    copy = compared(PARAGRAPHS, [PARAGRAPHS[0], pictured, mixed, PARAGRAPHS[3]])

    assert copy
    assert (copy.missing, copy.added, copy.altered) == ((), (), ())


def test_a_heading_that_says_something_is_compared_but_for_the_title() -> None:
    lead = "<h2>Three more officials are said to have known of the talks for 14 weeks</h2>"
    theirs = [*PARAGRAPHS[:2], f"</p>{lead}<p>", *PARAGRAPHS[2:]]
    page = "".join(f"<p>{one}</p>" for one in theirs)
    source = Source(
        url="http://a.test/s",
        text=Text(passages=passages(f"<div><h1>Minister Resigns</h1>{page}</div>"), base="http://a.test/s"),
    )
    ours = [
        Passage("Minister Resigns Amid Talk of Many Things That Are Not So", is_heading=True),
        *(Passage(one) for one in PARAGRAPHS[:2]),
        Passage("Three more officials are said to have known of the talks for 41 weeks", is_heading=True),
        *(Passage(one) for one in PARAGRAPHS[2:]),
    ]

    copy = compare(ours, source)

    assert copy
    assert [one.words for one in copy.altered] == [
        "Three more officials are said to have known of the talks for [-14-] {+41+} weeks"
    ]


def test_a_byline_is_no_paragraph() -> None:
    names = "Ann Smith, Ben Brown, Carla Cole, Dan Dyer and Eve Ewing"

    copy = compared([f"By {names}", *PARAGRAPHS], [f"{names}, Politics Desk", *PARAGRAPHS])

    assert copy
    assert not copy.altered


def test_an_altered_paragraph_is_found_in_scripts_without_spaces() -> None:
    theirs = [
        "知事は火曜日の記者会見で、市民の安全を守るために新しい対策を発表した。",
        "対策には、学校の休校と公共交通機関の減便が含まれている。費用は三十億円に上る見込みだ。",
        "野党は予算の審議が不十分だと批判し、議会での説明を求めている。",
    ]
    copy = compared([theirs[0], theirs[1].replace("三十億円", "五十億円"), theirs[2]], theirs)

    assert copy
    assert copy.share > 0.95
    assert [(one.line, changes(one.words)) for one in copy.altered] == [
        (4, "費用は [-三-] {+五+} 十億円に上る見込みだ")
    ]
