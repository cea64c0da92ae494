"""Visitors by day as bars, in percents of the plot: it stretches with the page.

Pure functions: figures in, places out. `templates/visitors/_days.html` draws them.
"""

from typing import NamedTuple

TALLEST = 84  # percents; the rest is for the number above
BAR = 0.72  # of the room a day has, so that bars of neighbouring days do not touch


class Bar(NamedTuple):
    x: float
    y: float
    width: float
    height: float


def bars(figures):
    """The bars of a list of numbers, on a scale that begins with zero."""
    room, unit = 100 / len(figures), TALLEST / max(1, *figures)
    width = room * BAR
    return [
        Bar(place * room + (room - width) / 2, 100 - figure * unit, width, figure * unit)
        for place, figure in enumerate(figures)
    ]
