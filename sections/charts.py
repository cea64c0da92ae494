"""The figures of a year as points, in percents of the plot: it stretches with the page.

They count different things, letters and people and kilometres, so their scale tells no more than
how large each is: every line of it stands for ten times the one before.
"""

from math import ceil, floor, log10
from typing import NamedTuple

from sections.models import Achievement

ROW = 34  # pixels of height
TURN = 62  # percents; right of it the number stands before its point


class Point(NamedTuple):
    achievement: Achievement
    x: float
    y: float

    @property
    def is_turned(self):
        return self.x > TURN


def figures(achievements):
    """The chart of those that have a figure, the largest first; None where there are not two."""
    counted = sorted((a for a in achievements if a.figure), key=lambda a: -a.figure)
    if len(counted) < 2:
        return None
    sizes = [log10(achievement.figure) for achievement in counted]
    first, last = floor(sizes[-1]), max(ceil(sizes[0]), floor(sizes[-1]) + 1)

    def place(size):
        return (size - first) / (last - first) * 100

    rows = len(counted)
    return {
        "points": [
            Point(achievement, place(size), (row + 0.5) * 100 / rows)
            for row, (achievement, size) in enumerate(zip(counted, sizes, strict=True))
        ],
        "ticks": [(10**size, place(size)) for size in range(first, last + 1)],
        "height": rows * ROW,
    }
