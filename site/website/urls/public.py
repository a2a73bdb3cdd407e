"""The addresses of the public zone; what is ours comes before Wagtail's pages."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from shared import health
from website import views
from website.admin import choosing

handler403 = handler404 = "website.views.not_found"  # what one may not see looks like what is not there
handler500 = "website.views.broken"

urlpatterns = [
    path("-/live", health.live, name="live"),
    path("-/ready", health.ready, name="ready"),
    path("-/stijl-<slug:digest>.css", views.styles, name="stylesheet"),
    path("", include("website.urls.machines")),
    path("cms/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("cms/logout/", RedirectView.as_view(pattern_name="account_logout")),
    path("cms/choose-page/chosen-multiple/", choosing.chosen, name="chosen-pages"),
    path("cms/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
]


if settings.DEMO:
    urlpatterns += [path("demo/", include("website.demo.urls"))]

if settings.DEBUG or settings.DEMO:
    from django.views.static import serve

    # Pictures only, as from the proxy of a real site: documents have a view that looks who may see them.
    pictures = r"^media/(?P<path>(?:images|original_images|avatar_images)/.+)$"
    urlpatterns += [re_path(pictures, serve, {"document_root": settings.MEDIA_ROOT}, name="media")]

urlpatterns += i18n_patterns(
    path("account/", include("people.urls")),
    path("", include("knowledge.network.urls")),
    path("", include("website.urls.pages")),
    path("", include("trainings.urls")),
    path("", include("website.urls.tree")),
    prefix_default_language=False,
)
