"""The Django apps that only the embedded site has: its own, and the SDK's workbench for its
runtime class.
"""

from django.apps import AppConfig


class StandaloneConfig(AppConfig):
    """Field data, grades and completion of the embedded site."""

    name = "peer_xblocks.standalone"
    label = "peer_xblocks_standalone"
    verbose_name = "Peer support training: embedded site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for released results."""
        from peer_xblocks.standalone import results  # noqa: PLC0415 (models are ready only now)

        results.listen()


class WorkbenchConfig(AppConfig):
    """The XBlock SDK's workbench, present for `WorkbenchRuntime` alone."""

    name = "workbench"
    default_auto_field = "django.db.models.AutoField"
