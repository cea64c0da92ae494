from django.http import Http404
from django.shortcuts import get_object_or_404, render

from editorial.models import with_themes
from editorial.pictures import with_pictures
from editorial.public_page import public_page
from editorial.years import by_year, neighbours
from sections import charts
from sections.models import AchievementKind, Section


@public_page
def section_detail(request, slug):
    section = get_object_or_404(Section.objects.visible_to(request.user), slug=slug)
    achievements = section.achievements.visible_to(request.user)
    years = [
        {"year": year, "count": len(group), "biggest": next(iter(highlights(group)), None)}
        for year, group in by_year(achievements)
    ]
    return render(request, "sections/section_detail.html", {"section": section, "years": years})


@public_page
def section_year(request, slug, year):
    section = get_object_or_404(Section.objects.visible_to(request.user), slug=slug)
    visible = section.achievements.visible_to(request.user)
    years = visible.years()
    if year not in years:
        raise Http404
    previous_year, next_year = neighbours(years, year)
    achievements = with_pictures(with_themes(visible.in_year(year)))
    context = {
        "section": section,
        "year": year,
        "years": years,
        "previous_year": previous_year,
        "next_year": next_year,
        "achievements": achievements,
        "highlights": highlights(achievements),
        "groups": by_kind(achievements),
        "chart": charts.figures(achievements),
        "count": len(achievements),
    }
    return render(request, "sections/section_year.html", context)


def highlights(achievements):
    """Those whose figure stands large, biggest first."""
    chosen = [achievement for achievement in achievements if achievement.highlight is not None]
    return sorted(chosen, key=lambda achievement: achievement.highlight)


def by_kind(achievements):
    """Pairs of a kind's label and its achievements, in the order of the kinds."""
    groups = (
        (kind.label, [item for item in achievements if item.kind == kind])
        for kind in AchievementKind
    )
    return [(label, items) for label, items in groups if items]
