import datetime

from django.urls import path, register_converter

from bilingual.dates import LEAP_YEAR
from timeline import embeds, views


class DecadeSlug:
    """The first year of a decade, as its address has it: 1960 in "1960s"."""

    regex = "[0-9]{3}0s"

    def to_python(self, value):
        return int(value[:4])

    def to_url(self, value):
        return f"{value:04d}s"


class DayOfYear:
    """A day of any year, as its address has it: (12, 10) in "12-10"."""

    regex = "[0-9]{2}-[0-9]{2}"

    def to_python(self, value):
        month, day = map(int, value.split("-"))
        datetime.date(LEAP_YEAR, month, day)  # ValueError, and so not found, for no day
        return month, day

    def to_url(self, value):
        return "{:02d}-{:02d}".format(*value)


register_converter(DecadeSlug, "decade")
register_converter(DayOfYear, "day")

app_name = "timeline"
urlpatterns = [
    path("", views.history, name="index"),
    path("all/", views.whole_history, name="all"),
    path("year/", views.go_to_year, name="go"),
    path("on/<day:day>/", views.day, name="day"),
    path("<decade:first_year>/", views.decade, name="decade"),
    path("<decade:first_year>/embed/", embeds.decade, name="embed-decade"),
    path("<year:year>/", views.year, name="year"),
    path("<year:year>/embed/", embeds.year, name="embed-year"),
    path("<year:year>/<slug:slug>/cite/", views.cite, name="cite"),
    path("<year:year>/<slug:slug>/cite.bib", views.cite_file, name="cite-file"),
]
