"""The Django app of the records."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The app under its label `peer_xblocks_records`."""

    name = "peer_xblocks.records"
    label = "peer_xblocks_records"
    verbose_name = "Records of peer-xblocks"
    default_auto_field = "django.db.models.BigAutoField"
