"""Every address of the embedded site."""

from django.urls import include, path
from django.views.i18n import set_language

from peer_xblocks.standalone.views import course, errors, handlers, sign_in, static_files

urlpatterns = [
    path("", course.home, name="home"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("language", set_language, name="language"),
    path("course/", course.outline, name="outline"),
    path("course/<slug:unit>/", course.unit, name="unit"),
    path("jump_to_id/<slug:url_name>", course.jump, name="jump"),
    path("handler/<str:usage>/<slug:handler>", handlers.handle, name="handler"),
    path("static/<path:path>", static_files.serve),
    path("peer_xblocks/", include("peer_xblocks.web.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
