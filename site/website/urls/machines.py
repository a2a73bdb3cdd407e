"""What machines read, in one language only."""

from django.urls import path

from website import views

urlpatterns = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_contact, name="security-contact"),
    path("favicon.ico", views.favicon, name="favicon"),
]
