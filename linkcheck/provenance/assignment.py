"""Pairs two sets so that the sum of the scores is the greatest there is: an exact assignment, not a greedy one.

The method is that of Kuhn and Munkres with potentials (https://doi.org/10.1002/nav.3800020109), cubic in the size of a
group. Groups are what scores connect: links of different texts never compete, so that groups are small.
"""

from collections.abc import Mapping

from linkcheck.provenance.groups import groups_of

Pair = tuple[int, int]


def assign(scores: Mapping[Pair, float]) -> dict[int, int]:
    """Give the right side's member for members of the left side; scores are positive, and pairs without one never meet.

    A group with more than 150 members on a side is paired greedily, the best score first.
    """
    found: dict[int, int] = {}
    for group in groups_of(scores):
        lefts, rights = sorted({left for left, _ in group}), sorted({right for _, right in group})
        if max(len(lefts), len(rights)) > _MOST:
            found.update(_greedily({pair: scores[pair] for pair in group}))
        elif len(group) == 1:
            found.update(group)
        else:
            rows = [[scores.get((left, right), 0.0) for right in rights] for left in lefts]
            found.update(
                (lefts[row], rights[column]) for row, column in _exactly(rows) if (lefts[row], rights[column]) in scores
            )
    return found


def _greedily(scores: Mapping[Pair, float]) -> dict[int, int]:
    found: dict[int, int] = {}
    taken: set[int] = set()
    for left, right in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        if left not in found and right not in taken:
            found[left] = right
            taken.add(right)
    return found


def _exactly(scores: list[list[float]]) -> list[Pair]:
    """Give row and column of each pair of the best assignment of a full table of scores."""
    if len(scores) > len(scores[0]):
        turned = [list(column) for column in zip(*scores, strict=True)]
        return [(row, column) for column, row in _exactly(turned)]
    count, width = len(scores), len(scores[0])
    row_price, column_price = [0.0] * (count + 1), [0.0] * (width + 1)
    owner, way = [0] * (width + 1), [0] * (width + 1)
    for row in range(1, count + 1):
        owner[0], column = row, 0
        least, is_used = [float("inf")] * (width + 1), [False] * (width + 1)
        while True:
            is_used[column] = True
            current, delta, following = owner[column], float("inf"), 0
            for other in range(1, width + 1):
                if is_used[other]:
                    continue
                cost = -scores[current - 1][other - 1] - row_price[current] - column_price[other]
                if cost < least[other]:
                    least[other], way[other] = cost, column
                if least[other] < delta:
                    delta, following = least[other], other
            for other in range(width + 1):
                if is_used[other]:
                    row_price[owner[other]] += delta
                    column_price[other] -= delta
                else:
                    least[other] -= delta
            column = following
            if not owner[column]:
                break
        while column:
            owner[column] = owner[way[column]]
            column = way[column]
    return [(owner[column] - 1, column - 1) for column in range(1, width + 1) if owner[column]]


_MOST = 150
