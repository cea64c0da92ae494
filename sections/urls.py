from django.urls import path

from sections import views

app_name = "sections"
urlpatterns = [
    path("<slug:slug>/", views.section_detail, name="detail"),
    path("<slug:slug>/<year:year>/", views.section_year, name="year"),
]
