"""Figures as bars, in percents of the plot: it stretches with the page, its text does not.

Pure functions: figures in, places out. `templates/timeline/_chart.html` draws them.
"""

from dataclasses import dataclass
from typing import NamedTuple

from timeline.models import Figure, FigureKind

# One panel each; of the other kinds some count a year and some all years, on no common scale
KINDS = [FigureKind.GROUPS, FigureKind.MEMBERS]
FIRST_YEAR, LAST_YEAR = 1961, 2013  # what the history tells of, with figures or without
TALLEST = 88  # percents; the rest is for the number above
BAR = 0.74  # of the room a year has, so that bars of neighbouring years do not touch


class Charted(NamedTuple):
    year: int
    kind: str
    value: int
    at_least: bool
    written = Figure.written


class Scale(NamedTuple):
    """The years of the axis. Each has the same room, and its bar stands in the middle."""

    first: int
    last: int

    @property
    def year(self):
        return 100 / (self.last - self.first + 1)

    def middle(self, year):
        return (year - self.first + 0.5) * self.year

    def start(self, year):
        """Where `year` begins; for years off the axis, the nearer end of it."""
        return min(max((year - self.first) * self.year, 0), 100)

    def ticks(self):
        """Its ends, and the decades whose label does not touch theirs, with place and anchor."""
        decades = (year for year in range(self.first + 7, self.last - 6) if year % 10 == 0)
        between = [(year, self.middle(year), "middle") for year in decades]
        return [(self.first, 0, "start"), *between, (self.last, 100, "end")]


@dataclass
class Bar:
    year: int
    value: int
    written: str
    left: float
    right: float
    height: float
    anchor: str = ""  # of the number above, "middle" or "end"; empty where there is no room for it
    is_minor: bool = False  # there is room for it on wide screens alone

    @property
    def top(self):
        return 100 - self.height

    @property
    def width(self):
        return self.right - self.left

    @property
    def number_x(self):
        return self.right if self.anchor == "end" else (self.left + self.right) / 2


class Plot(NamedTuple):
    """The smallest a plot gets, as in chart.css, in pixels. Boxes: left, right, foot, top."""

    width: int
    height: int
    text: int

    def bar_box(self, bar):
        left, right = bar.left * self.width / 100, bar.right * self.width / 100
        return left, right, 0, bar.height * self.height / 100

    def number_box(self, bar, anchor):
        left, right, _foot, top = self.bar_box(bar)
        width = 0.37 * self.text * len(bar.written)  # as wide as the poster type runs
        right = right if anchor == "end" else (left + right + width) / 2
        return right - width, right, top + 7, top + 7 + self.text

    def has_room(self, box, taken):
        # The page has a margin of 16 pixels
        return box[0] > -10 and box[1] < self.width + 10 and not any(touch(box, o) for o in taken)


PHONE, WIDE = Plot(width=288, height=240, text=18), Plot(width=588, height=304, text=21)


def touch(one, other):
    (left, right, foot, top), (its_left, its_right, its_foot, its_top) = one, other
    return left < its_right and its_left < right and foot < its_top and its_foot < top


def movement(figures, decade=None):
    """The chart of `Charted` figures; its zone is the years of `decade`.

    Of two figures of a kind and year the later stands. None where no kind has figures of two
    years: one bar alone compares nothing.
    """
    kinds = {kind: {f.year: f for f in figures if f.kind == kind} for kind in KINDS}
    kinds = {kind: by_year for kind, by_year in kinds.items() if len(by_year) > 1}
    if not kinds:
        return None
    years = sorted({year for by_year in kinds.values() for year in by_year})
    scale = Scale(min(FIRST_YEAR, years[0]), max(LAST_YEAR, years[-1]))
    return {
        "panels": [(kind.label, bars(by_year, scale)) for kind, by_year in kinds.items()],
        "ticks": scale.ticks(),
        "zone": zone(decade, scale) if decade else None,
        "rows": [(year, [by_year.get(year) for by_year in kinds.values()]) for year in years],
    }


def zone(decade, scale):
    """Where the years of a decade of a `chain()` begin, and their width."""
    start = scale.start(decade.first_year)
    return start, (scale.start(decade.next.first_year) if decade.next else 100) - start


def bars(by_year, scale):
    """The bars of a dict of figures, on a scale that begins with zero, with their numbers."""
    unit = TALLEST / max(1, *(figure.value for figure in by_year.values()))
    half = scale.year * BAR / 2
    made = []
    for year, figure in sorted(by_year.items()):
        x, height = scale.middle(year), figure.value * unit
        made.append(Bar(year, figure.value, figure.written, x - half, x + half, height))
    for plot in (PHONE, WIDE):
        write_numbers(made, plot)
    return made


def write_numbers(bars, plot):
    """Gives bars without a number theirs, tallest first, where it touches nothing."""
    taken = [plot.bar_box(bar) for bar in bars]
    taken += [plot.number_box(bar, bar.anchor) for bar in bars if bar.anchor]
    for bar in sorted(bars, key=lambda bar: -bar.value):
        # Beside its bar, a number in the middle of others would seem to be a neighbour's
        for anchor in ["middle", "end"] if bar in (bars[0], bars[-1]) else ["middle"]:
            box = plot.number_box(bar, anchor)
            if not bar.anchor and plot.has_room(box, taken):
                bar.anchor, bar.is_minor = anchor, plot is WIDE
                taken.append(box)
