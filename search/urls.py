from django.urls import path

from search import completion, vain_views, views

urlpatterns = [
    path("", views.search, name="search"),
    path("titres/", views.page_titles, name="page_titles"),
    path("propositions/", completion.complete, name="propositions"),
    path("sans-clic/", vain_views.without_click, name="without_click"),
]
