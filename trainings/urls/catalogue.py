"""The public addresses of catalogue, training pages, calendar and feeds."""

urlpatterns: list = []
