"""Finds which pairs hang together: the connected components of a bipartite graph."""

from collections import defaultdict
from collections.abc import Iterable


def groups_of(pairs: Iterable[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Give the pairs in groups that share no member with one another, in the order of their least left member."""
    by_left: dict[int, list[int]] = defaultdict(list)
    by_right: dict[int, list[int]] = defaultdict(list)
    for left, right in sorted(pairs):
        by_left[left].append(right)
        by_right[right].append(left)
    groups, seen = [], set[int]()
    for start in by_left:
        if start in seen:
            continue
        seen.add(start)
        waiting, group, met = [start], [], set[int]()
        while waiting:
            left = waiting.pop()
            for right in by_left[left]:
                group.append((left, right))
                if right not in met:
                    met.add(right)
                    fresh = [other for other in by_right[right] if other not in seen]
                    seen.update(fresh)
                    waiting.extend(fresh)
        groups.append(group)
    return groups
