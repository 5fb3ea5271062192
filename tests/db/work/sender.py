"""A process that sends a recording in parts and finishes it, and says so after each step.

    python -m tests.db.work.sender USERNAME FOLDER KEY FILE

Prints `part N` for each part that was acknowledged, `finishing`, and `finished ID`.
"""

import importlib.util
import sys
from pathlib import Path

import django


def main() -> None:
    """Send, and finish."""
    if not importlib.util.find_spec("MySQLdb") and importlib.util.find_spec("pymysql"):
        import pymysql

        pymysql.install_as_MySQLdb()
    django.setup()

    from django.conf import settings
    from django.contrib.auth.models import User

    from peer_xblocks.work.api import uploads
    from tests.db.work.uploading import begun, cut, send

    username, folder, key, file = sys.argv[1:]
    backend = "django.core.files.storage.FileSystemStorage"
    alias = {"BACKEND": backend, "OPTIONS": {"location": folder}}
    settings.STORAGES = {**settings.STORAGES, "peer_xblocks": alias}
    user = User.objects.get(username=username)
    pieces = cut(Path(file).read_bytes(), 12)
    upload = begun(user, key)
    for number, piece in enumerate(pieces, 1):
        send(user, upload.id, number, piece)
        print("part", number, flush=True)
    print("finishing", flush=True)
    print("finished", uploads.finish(user, upload.id, len(pieces)).id, flush=True)


if __name__ == "__main__":
    main()
