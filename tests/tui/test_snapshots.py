import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from linkcheck.events import Checked, Consulting, Extracted, Waiting
from linkcheck.model import Report, Verdict
from tests.render import staged
from tests.tui.screenshot import approved, screen
from tests.tui.staging import StagedApp, drive, planned, through

SIZES = [(80, 24), (120, 40), (180, 45), (40, 10)]


def check(name: str, app: StagedApp, size: tuple[int, int]) -> None:
    shown = screen(app)
    assert approved(f"{name}-{size[0]}x{size[1]}", shown) == shown
    assert all(cell_len(line) <= size[0] for line in shown.splitlines())


@pytest.mark.parametrize(
    ("name", "report"),
    [
        ("rescued", staged.rescued()),
        ("repository", staged.repository()),
        ("article", staged.article()),
        ("altered", staged.altered()),
        ("empty", staged.empty()),
    ],
)
def test_a_run_that_is_through(name: str, report: Report) -> None:
    app = StagedApp(report)

    async def scenario(pilot: Pilot[None]) -> None:
        app.tell(*through(report))
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            check(name, app, size)

    drive(app, scenario)


@pytest.mark.parametrize("size", SIZES[:2])
def test_a_run_on_its_way(size: tuple[int, int]) -> None:
    report = staged.rescued()
    app = StagedApp(report)
    link = next(row.link for row in report.references() if row.link)

    async def scenario(pilot: Pilot[None]) -> None:
        app.tell(Extracted("x.md", 5))
        await pilot.pause()
        check("reading", app, size)
        app.tell(planned(report), Checked(link, Verdict.DEAD, 1, 4), Waiting("a.org", 12, "429 Too Many Requests"))
        await pilot.pause()
        check("checking", app, size)
        app.tell(Consulting("the Wayback Machine", link, 0, 3))
        await pilot.press("p")
        await pilot.pause()
        check("asking-paused", app, size)

    drive(app, scenario, size)


@pytest.mark.parametrize(("name", "keys"), [("detail", "enter"), ("help", "question_mark"), ("words", "f")])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 10)])
def test_what_opens_above_the_table(name: str, keys: str, size: tuple[int, int]) -> None:
    app = StagedApp(staged.rescued())

    async def scenario(pilot: Pilot[None]) -> None:
        app.tell(*through(staged.rescued()))
        await pilot.press(keys)
        await pilot.pause()
        check(name, app, size)

    drive(app, scenario, size)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_details_of_the_original_show_how_the_article_compares(size: tuple[int, int]) -> None:
    app = StagedApp(staged.altered())

    async def scenario(pilot: Pilot[None]) -> None:
        app.tell(*through(staged.altered()))
        await pilot.press("G", "enter")
        await pilot.pause()
        check("beside", app, size)

    drive(app, scenario, size)


@pytest.mark.parametrize("size", [(39, 24), (80, 9), (1, 1)])
def test_a_terminal_that_is_too_small_is_told_so(size: tuple[int, int]) -> None:
    app = StagedApp(staged.rescued())

    async def scenario(pilot: Pilot[None]) -> None:
        app.tell(*through(staged.rescued()))
        await pilot.pause()
        if size != (1, 1):
            assert "40 x 10" in screen(app)
            await pilot.press("enter")
            await pilot.pause()
            assert "40 x 10" in screen(app)
            await pilot.press("escape")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "40 x 10" not in screen(app)
        assert "placeholder" in screen(app)

    drive(app, scenario, size)
