"""The site's own pages that Wagtail does not serve."""

urlpatterns: list = []
