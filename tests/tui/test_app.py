from collections.abc import Awaitable, Callable
from time import thread_time

import anyio
import pytest
from msgspec import structs
from textual._callback import invoke
from textual.binding import Binding
from textual.command import CommandPalette
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from linkcheck.events import Checked, Finished, Warned
from linkcheck.model import Report, Verdict
from linkcheck.tui.app import LinkcheckApp
from linkcheck.tui.board import Stage
from linkcheck.tui.screens import DetailScreen, HelpScreen, WordScreen
from linkcheck.tui.table import References
from tests.render import staged
from tests.render.staged import StagedReport
from tests.tui.screenshot import screen
from tests.tui.staging import StagedApp, drive, planned, through

REPORT = staged.repository()
COUNT = sum(1 for _ in REPORT.references())
Play = Callable[[StagedApp, Pilot[None]], Awaitable[None]]


def play(scenario: Play, report: Report = REPORT, size: tuple[int, int] = (80, 24), **more: bool) -> StagedApp:
    """Let a scenario go on in an app whose run is through."""
    app = StagedApp(report, **more)

    async def run(pilot: Pilot[None]) -> None:
        app.tell(*through(report))
        await pilot.pause()
        await scenario(app, pilot)

    drive(app, run, size)
    return app


def place(app: StagedApp) -> int | None:
    return app.screen_stack[0].query_one(References).place


def shown(app: StagedApp) -> list[str]:
    table = app.screen_stack[0].query_one(References)
    return [app.board.entries[one].look.word for one in table._shown]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["j"], 1),
        (["down", "down"], 2),
        (["j", "j", "k"], 1),
        (["j", "up"], 0),
        (["k"], 0),
        (["G"], COUNT - 1),
        (["end"], COUNT - 1),
        (["G", "j"], COUNT - 1),
        (["G", "g"], 0),
        (["G", "home"], 0),
    ],
)
def test_keys_move_the_cursor_and_stop_at_the_ends(keys: list[str], expected: int) -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        await pilot.press(*keys)
        assert place(app) == expected

    play(scenario)


def test_keys_work_again_when_a_terminal_has_been_too_small() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        await pilot.resize_terminal(30, 8)
        await pilot.pause()
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        await pilot.press("j", "j")
        assert place(app) == 2

    play(scenario)


def test_pages_go_down_and_up_with_the_cursor_in_sight() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        await pilot.press("pagedown")
        down = place(app)
        assert down
        assert "▸" in screen(app)
        await pilot.press("pagedown", "pagedown", "pagedown", "pagedown", "pagedown")
        assert place(app) == COUNT - 1
        assert "▸" in screen(app)
        await pilot.press("pageup")
        assert place(app) == COUNT - 1 - down

    play(scenario)


def test_the_pane_follows_the_cursor() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        for _ in range(6):
            entry = app.selected
            assert entry
            assert f"{entry.document}:{entry.line}:{entry.column}" in screen(app)
            await pilot.press("j")
            await pilot.pause()

    play(scenario, size=(120, 40))


def test_a_click_moves_the_cursor_and_a_second_one_opens_the_detail() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        await pilot.click(References, offset=(10, 3))
        assert place(app) == 2
        await pilot.click(References, offset=(10, 0))
        assert place(app) == 2
        await pilot.click(References, offset=(10, 3))
        await pilot.pause()
        assert isinstance(app.screen, DetailScreen)

    play(scenario)


def test_a_text_is_found_as_it_is_typed_and_escape_shows_all() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        await pilot.press("slash", *"GUIDE")
        assert app.focused is app.query_one("#find", Input)
        found = [app.board.entries[one] for one in app.query_one(References)._shown]
        assert found
        assert all("guide" in f"{one.document}{one.text}{one.address}".casefold() for one in found)
        await pilot.press("enter", "j")
        assert isinstance(app.focused, References)
        assert place(app) is not None
        await pilot.press("escape")
        assert len(shown(app)) == COUNT
        assert not app.query_one("#find").display

    play(scenario)


def test_what_is_not_there_leaves_an_empty_table_and_every_key_harmless() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        await pilot.press("slash", *"no such thing", "enter")
        assert "nothing to show" in screen(app)
        await pilot.press("j", "k", "G", "g", "pagedown", "pageup", "enter", "o", "a", "y", "Y", "r")
        assert app.is_running
        assert app.opened == []

    play(scenario)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("1", {"dead", "missing-fragment"}),
        ("2", {"blocked", "unreachable"}),
        ("3", set[str]()),
        ("4", set[str]()),
        ("5", {"private-address", "scheme"}),
        ("6", {"alive", "moved"}),
    ],
)
def test_digits_show_one_heap_and_again_all(key: str, words: set[str]) -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        await pilot.press(key)
        assert set(shown(app)) == words
        assert f"[{key} " in screen(app)
        await pilot.press(key)
        assert len(shown(app)) == COUNT

    play(scenario)


def test_a_verdict_is_chosen_from_a_list_with_counts() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        await pilot.press("f")
        assert isinstance(app.screen, WordScreen)
        first = str(app.screen.query_one(OptionList).get_option_at_index(1).prompt)
        count, word = first.split()
        await pilot.press("j", "enter")
        await pilot.pause()
        assert shown(app) == [word] * int(count)
        assert f"[f {word}]" in screen(app)
        await pilot.press("f", "enter")
        await pilot.pause()
        assert len(shown(app)) == COUNT
        await pilot.press("f", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, WordScreen)

    play(scenario)


def test_the_detail_opens_scrolls_and_closes() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, DetailScreen)
        await pilot.press("j", "k", "slash", "enter")
        await pilot.pause()
        assert not isinstance(app.screen, DetailScreen)

    play(scenario, size=(40, 10))


def test_what_is_new_is_shown_in_an_open_detail() -> None:
    report = staged.rescued()
    app = StagedApp(report)

    async def scenario(pilot: Pilot[None]) -> None:
        app.tell(planned(report))
        await pilot.press("enter")
        await pilot.pause()
        assert "nobody has looked" in screen(app)
        app.tell(Finished(report.run.id, complete=True))
        await pilot.pause()
        assert "edition.cnn.com" in screen(app)

    drive(app, scenario)


def test_the_order_changes_from_the_text_s_to_the_worst_first_and_back() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        await pilot.press("j", "s")
        assert app.selected is not None
        assert app.selected.look.ink == "error"
        first = app.selected
        await pilot.press("G", "1")
        assert app.selected is not None
        await pilot.press("escape", "s")
        assert app.selected is app.board.entries[0]
        assert first in app.board.entries

    play(scenario)


def test_help_names_every_key() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        for binding in (*LinkcheckApp.BINDINGS, *References.BINDINGS):
            assert isinstance(binding, Binding)
            assert binding.tooltip in screen(app)
        await pilot.press("j", "k", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, HelpScreen)

    play(scenario, size=(120, 50))


def test_every_binding_has_an_id_of_its_own_and_says_what_it_does() -> None:
    bindings = [one for one in (*LinkcheckApp.BINDINGS, *References.BINDINGS) if isinstance(one, Binding)]

    assert all(one.id and one.tooltip and one.description for one in bindings)
    assert len({one.id for one in bindings}) == len(bindings)


def test_the_palette_offers_every_action() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        offered = {one.help: one.callback for one in app.get_system_commands(app.screen)}
        for binding in (*LinkcheckApp.BINDINGS, *References.BINDINGS):
            assert isinstance(binding, Binding)
            assert binding.tooltip in offered
        await invoke(offered["Go to the last reference"])
        assert place(app) == COUNT - 1
        await invoke(offered["Go to the reference before"])
        assert place(app) == COUNT - 2
        await invoke(offered["Ask nothing more for now, or go on"])
        assert app.commands_said.is_paused
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, CommandPalette)

    play(scenario)


def test_links_and_captures_open_in_the_browser() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        await pilot.press("G", "o", "a")
        last = app.selected
        assert last
        assert last.row
        assert app.opened == [last.address, last.row.mementos[0].uri_m]
        await pilot.press("g", "o", "a")
        assert app.opened == [last.address, last.row.mementos[0].uri_m]
        assert app.notices[-2:] == [
            "This reference has no web address to open.",
            "No archived copy of this is known.",
        ]

    play(scenario, staged.article())


def test_without_a_browser_nothing_is_said_to_be_open() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        app.browses = False
        await pilot.press("G", "o")
        assert app.opened == []
        assert app.notices[-1].startswith("There is no browser here for http")

    play(scenario, staged.article())


def test_links_and_replacements_are_copied() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        await pilot.press("y")
        assert app.clipboard == "#"
        await pilot.press("Y")
        assert app.clipboard == "http://edition.cnn.com/2017/02/13/politics/michael-flynn/index.html"
        assert app.notices[-1] == f"Copied {app.clipboard}"

    play(scenario, staged.rescued())


def test_what_has_no_replacement_says_so() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        await pilot.press("Y")
        assert app.notices == ["No replacement for this is known."]

    play(scenario, staged.article())


def test_a_recheck_is_a_command_and_is_shown_until_it_is_answered() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        await pilot.press("r")
        link = app.selected.link if app.selected else None
        assert link
        assert await app.commands_said.next_recheck() == link
        assert "looking again at 1 link" in screen(app)
        app.tell(Checked(link, Verdict.ALIVE, 1, 1), Finished("x", complete=True))
        await pilot.pause()
        assert "looking again" not in screen(app)

    play(scenario)


def test_what_cannot_be_looked_at_again_says_why() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        await pilot.press("r")
        assert app.notices == ["Only links on the web can be looked at again."]

    play(scenario, staged.article())

    async def offline(app: StagedApp, pilot: Pilot[None]) -> None:
        await pilot.press("r")
        assert app.notices == ["The run is --offline: nothing is asked."]

    play(offline, is_offline=True)


def test_a_run_is_paused_and_goes_on() -> None:
    app = StagedApp(REPORT)

    async def scenario(pilot: Pilot[None]) -> None:
        app.tell(planned(REPORT))
        await pilot.press("p")
        await pilot.pause()
        assert app.commands_said.is_paused
        assert "paused" in screen(app)
        await pilot.press("p")
        await pilot.pause()
        assert not app.commands_said.is_paused
        assert "paused" not in screen(app)

    drive(app, scenario)


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
@pytest.mark.parametrize("before", [[], ["slash"], ["enter"]])
def test_leaving_ends_the_run(key: str, before: list[str]) -> None:
    app = StagedApp(REPORT)

    async def scenario(pilot: Pilot[None]) -> None:
        app.tell(planned(REPORT))
        await pilot.press(*before)
        if before == ["slash"] and key == "q":
            await pilot.press("enter")  # in the field, a q is a q
        await pilot.press(key)
        await pilot.pause()
        assert app.commands_said.stop.is_set()
        assert not app.is_running or app._exit

    drive(app, scenario)


def test_a_warning_is_a_toast() -> None:
    async def scenario(app: StagedApp, pilot: Pilot[None]) -> None:
        app.tell(Warned("none.md: cannot be read"))
        await pilot.pause()
        assert app.notices == ["none.md: cannot be read"]

    play(scenario)


def test_a_run_that_breaks_says_so_and_what_is_known_stays() -> None:
    app = StagedApp(REPORT)

    async def scenario(pilot: Pilot[None]) -> None:
        app.tell(planned(REPORT))
        app.fail("the disk is full [/b]")
        app.flush()
        await pilot.pause()
        assert "the run broke off: the disk is full [/b]" in screen(app)
        await pilot.press("j", "enter", "escape", "r")
        assert app.notices == ["The run broke off: nothing is asked any more."]
        assert app.board.stage is Stage.BROKEN
        assert place(app) == 1

    drive(app, scenario)


def test_a_run_that_breaks_before_anything_is_known_ends_the_app() -> None:
    app = StagedApp(REPORT)

    async def scenario(pilot: Pilot[None]) -> None:
        app.fail("config: no such thing")
        app.flush()
        await pilot.pause()
        assert app._exit

    drive(app, scenario)


EVIL = (
    staged.EVIL,
    "[/b]", "[/", "[@click=app.quit]x[/]", "[bold red]x", "a\x1b[31mB\x07\u202ec", "\x9b2J", "x\ny\r\tz", "\\",
    "$error", "\ud800", "漢字" * 300, "a" * 100_000,
)  # fmt: skip
FORBIDDEN = {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), "\u202e", "\u200b", "\u2066"} - {"\n"}


def poisoned(text: str) -> Report:
    """Put a text wherever text from outside can stand."""
    report = staged.rescued()
    documents = tuple(
        structs.replace(one, title=text, author=text, path=f"{text}.md", original=f"http://a.org/{text}")
        for one in report.document_rows
    )
    rows = tuple(
        structs.replace(
            one,
            document=documents[0].path,
            text=text,
            raw=text,
            url=f"http://a.org/{text}",
            reason=structs.replace(one.reason, text=text),
            findings=tuple(structs.replace(f, message=text, next=text, evidence={text: text}) for f in one.findings),
            rescues=tuple(structs.replace(r, message=text, url=f"http://a.org/{text}") for r in one.rescues),
        )
        for one in report.reference_rows
    )
    run = structs.replace(report.run, complete=False, notes=(text,))
    return StagedReport(run=run, document_rows=documents, reference_rows=rows, link_rows=report.link_rows)


@pytest.mark.parametrize("text", EVIL, ids=range(len(EVIL)))
def test_hostile_text_is_shown_as_text_by_every_widget(text: str) -> None:
    report = poisoned(text)
    app = StagedApp(report)

    async def scenario(pilot: Pilot[None]) -> None:
        app.tell(planned(report), Warned(text))
        await pilot.pause()
        app.tell(Finished("x", complete=False))
        for keys in (["j", "y", "Y", "o", "a", "r"], ["enter"], ["escape", "f"], ["j", "enter", "slash", "[", "enter"]):
            await pilot.press(*keys)
            await pilot.pause()
            assert app.is_running
            assert not FORBIDDEN & set(screen(app))
        app.fail(text)
        app.flush()
        await pilot.pause()
        assert not FORBIDDEN & set(screen(app))
        assert not app.commands_said.stop.is_set()

    drive(app, scenario, (120, 40))


def test_markup_in_a_title_stays_what_it_is() -> None:
    async def scenario(app: StagedApp, _: Pilot[None]) -> None:
        assert "[@click=app.quit]x[/]" in screen(app)

    play(scenario, poisoned("[@click=app.quit]x[/]"))


def many(count: int) -> Report:
    report = staged.article()
    rows = [structs.replace(report.reference_rows[3], line=line + 1, text=f"Story {line}") for line in range(count)]
    return StagedReport(document_rows=report.document_rows, reference_rows=tuple(rows), link_rows=report.link_rows)


def first_paint(report: Report) -> float:
    """Give the seconds of CPU time from the report to the screen."""
    app = StagedApp(report)
    took = 0.0

    async def scenario(pilot: Pilot[None]) -> None:
        nonlocal took
        began = thread_time()
        app.tell(*through(report))
        await pilot.pause()
        took = thread_time() - began
        assert "Story 0" in screen(app)

    drive(app, scenario)
    return took


def test_ten_times_the_references_do_not_take_ten_times_as_long_to_paint() -> None:
    few, lots = many(500), many(5_000)
    once = min(first_paint(few) for _ in range(2))

    assert min(first_paint(lots) for _ in range(2)) < max(6 * once, 0.5)


def test_events_are_flushed_in_batches() -> None:
    app = StagedApp(REPORT)
    link = next(row.link for row in REPORT.references() if row.link)
    drawn: list[Content] = []

    async def scenario(pilot: Pilot[None]) -> None:
        app.tell(planned(REPORT))
        await pilot.pause()
        panel = app._panel("progress")
        update = panel.update
        panel.update = lambda content, **more: (drawn.append(content), update(content, **more))[1]  # type: ignore[method-assign, func-returns-value]  # a spy
        app.inbox.extend(Checked(link, Verdict.ALIVE, done, 2_000) for done in range(1, 2_001))
        while app.inbox:
            await anyio.lowlevel.checkpoint()
        await pilot.pause()
        assert "checked 2,000 of 2,000 links" in screen(app)

    drive(app, scenario)
    assert len(drawn) == 1
