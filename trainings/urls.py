"""The addresses of catalogue, sessions and bookings."""

app_name = "trainings"
urlpatterns: list = []
