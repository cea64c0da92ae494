from django.urls import path, register_converter

from timeline import views


class DecadeSlug:
    """The first year of a decade, as its address has it: 1960 in "1960s"."""

    regex = "[0-9]{3}0s"

    def to_python(self, value):
        return int(value[:4])

    def to_url(self, value):
        return f"{value:04d}s"


register_converter(DecadeSlug, "decade")

app_name = "timeline"
urlpatterns = [
    path("", views.history, name="index"),
    path("all/", views.whole_history, name="all"),
    path("year/", views.go_to_year, name="go"),
    path("<decade:first_year>/", views.decade, name="decade"),
    path("<year:year>/", views.year, name="year"),
]
