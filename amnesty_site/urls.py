from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from amnesty_site import health, history_data, open_data, views, well_known
from amnesty_site.feeds import feed
from amnesty_site.media import media
from amnesty_site.search import search
from amnesty_site.sitemaps import sitemap_xml
from editorial.preview import preview

# Before Django's own, the last of which takes every address there is
admin_pages = [
    path("handbook/", admin.site.admin_view(views.handbook), name="handbook"),
    *admin.site.get_urls(),
]

urlpatterns = [
    path("", views.choose_language, name="choose-language"),
    # A bucket may hold more than pictures
    re_path(r"^media/(?P<path>pictures/[\w-]{1,60}(/[\w-]{1,60})?\.\w{1,5})$", media, name="media"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", well_known.robots_txt, name="robots"),
    path("sitemap.xml", sitemap_xml, name="sitemap"),
    path(".well-known/security.txt", well_known.security_txt, name="security"),
    path("history.csv", history_data.history_csv, name="history-csv"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("feed.xml", feed, name="feed"),
        path("history.json", history_data.history_json, name="history-json"),
        path("data/", open_data.data, name="data"),
        path("data/entries.json", open_data.entries_json, name="entries-json"),
        path("history/", include("timeline.urls")),
        path("campaigns/", include("campaigns.urls")),
        path("sections/", include("sections.urls")),
        path("themes/<slug:slug>/", views.theme, name="theme"),
        path("search/", search, name="search"),
        # What is signed may begin with a dot, and some servers hide such files
        path("share/picture-<str:signed>.png", views.share_picture, name="share-picture"),
        path("manifest.webmanifest", views.manifest, name="manifest"),
        path("preview/<str:signed>/", preview, name="preview"),
        path("admin/", (admin_pages, "admin", admin.site.name)),
        path("<slug:slug>/", views.page, name="page"),
    ),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
