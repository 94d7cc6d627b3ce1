"""Gives every link and reference its one word, with a reason and a next step. Pure and total.

What was seen (status, failure, file) gives the word (`seen.py`); findings of detectors may overrule an answer that only
looks alive (`overruling.py`). "Dead" needs evidence that was asked for twice.
"""

from linkcheck.judge.link import judge_link
from linkcheck.judge.opinion import LinkOpinion, ReferenceOpinion
from linkcheck.judge.reference import refer
from linkcheck.judge.world import World

__all__ = ["LinkOpinion", "ReferenceOpinion", "World", "judge_link", "refer"]
