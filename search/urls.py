from django.urls import path

from search import views

urlpatterns = [
    path("", views.search, name="search"),
    path("titres/", views.page_titles, name="page_titles"),
]
