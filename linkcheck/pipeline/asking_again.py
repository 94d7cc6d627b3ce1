"""Asks again, at the end, what the network may have spoilt: only what it spoils twice is not judged."""

from collections.abc import Iterator
from functools import partial

from linkcheck.fetch.network import is_honest_now
from linkcheck.judge import World
from linkcheck.model import Link, ReasonCode
from linkcheck.pipeline import weather
from linkcheck.pipeline.asking import Notebook, ask_the_web
from linkcheck.pipeline.line import Line
from linkcheck.pipeline.recalling import opinion_of


async def ask_what_was_spoilt(line: Line) -> World:
    """Ask once more what a portal, lying name servers or a lost network answered, unless nothing has changed.

    Give what the judge must know at the end.

    What was known of names and hosts is forgotten before: it was learnt in bad weather.
    """
    world = await weather.learn(line)
    if not (line.is_out and any(weather.distrusted(world))):
        return world
    spoilt = frozenset(_spoilt(line, world))
    if not spoilt or line.time_left == 0:
        return world
    line.web.forget()
    is_honest = partial(is_honest_now, line.web.resolver, line.config.control_hosts)
    if world.network.portal is None and not await line.tape.answer("honest", is_honest, bool):
        return world

    def links() -> Iterator[Link]:
        return (link for link in line.journal.web_links() if link.id in spoilt)

    with Notebook(line, len(spoilt)) as notebook:
        await ask_the_web(line, links, notebook)
    return await weather.learn(line)


def _spoilt(line: Line, world: World) -> Iterator[int]:
    for asked in line.journal.asked():
        if asked.check is None or asked.is_carried:
            continue
        if opinion_of(line, asked, world).judgement.reason.code is ReasonCode.NETWORK:
            yield asked.link.id
