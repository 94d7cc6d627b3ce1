"""The straight line: sources -> extract -> plan -> fetch -> consult -> judge -> store -> render.

Every stage reads from the journal and writes to it, so that memory does not grow with the number of links, and a run
that ends early keeps what it knows.
"""

from linkcheck.pipeline.beside import beside
from linkcheck.pipeline.commands import Commands
from linkcheck.pipeline.line import Job, Outcome
from linkcheck.pipeline.run import run

__all__ = ["Commands", "Job", "Outcome", "beside", "run"]
