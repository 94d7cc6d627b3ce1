"""Stages a world on loopback and says how to run a check in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from msgspec import Struct

from linkcheck.config import Config
from linkcheck.demo import web
from linkcheck.demo.server import LOOPBACK, Server, refusing, serving
from linkcheck.demo.table import World
from linkcheck.demo.world import ARTICLE, WORLD


class Demo(Struct, frozen=True, kw_only=True):
    """A world that is being served."""

    world: World
    article: Path
    """The article as a file."""
    server: Server
    refusing_port: int

    @property
    def directory(self) -> Path:
        """Give the folder that the run's sources are relative to."""
        return self.article.parent

    def config(self, **more: Any) -> Config:
        """Give the settings of a run that asks this world alone, without the manners that strangers deserve.

        `more` are further keys of `Config`, by their names in Python.
        """
        ports = dict.fromkeys(self.world.hosts, self.server.port) | dict.fromkeys(
            self.world.refusing, self.refusing_port
        )
        archive = f"http://{self.world.archive}"
        settings: dict[str, Any] = {
            "sources": (self.article.name,),
            "root_dir": str(self.directory),
            "resolve": tuple(f"{host}:80:{LOOPBACK}:{port}" for host, port in ports.items()),
            "archives": {
                "wayback": {
                    "cdx": f"{archive}/cdx/search/cdx",
                    "availability": f"{archive}/wayback/available",
                    "timemap": f"{archive}/web/timemap/link",
                    "replay": f"{archive}/web",
                }
            },
            "archive_order": ("wayback",),
            "control_hosts": (),
            "host_interval": 0,
            "retries": 0,
            "timeout": 5,
            "no_store": True,
        }
        return Config(**settings | more)


@asynccontextmanager
async def staged(world: World = WORLD) -> AsyncIterator[Demo]:
    """Serve a world for as long as the block lasts; the ports are free ones of 127.0.0.1."""
    with refusing() as refusing_port, as_file(files("linkcheck.demo") / ARTICLE) as article:
        async with serving(partial(web.answer, world)) as server:
            yield Demo(world=world, article=article, server=server, refusing_port=refusing_port)
