"""Pages of the register; mounted at the root."""

app_name = "register"
urlpatterns: list = []
