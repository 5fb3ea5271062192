"""A real S3 server: moto's, in a process of its own, with one bucket."""

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.db.work.waiting import free_port, until

BUCKET = "peer-recordings"


@contextmanager
def running() -> Iterator[dict[str, Any]]:
    """The storage, as a site's settings name it."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **quiet) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            until(lambda: answers(address))
            options = {
                "endpoint_url": address,
                "bucket_name": BUCKET,
                "region_name": "us-east-1",
                "access_key": "test",
                "secret_key": "test",
                "addressing_style": "path",
                "signature_version": "s3v4",
                "default_acl": None,
                "location": "pss",
                "file_overwrite": False,
            }
            yield {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
        finally:
            process.terminate()


def answers(address: str) -> bool:
    """Whether the server is up; the bucket is made then."""
    try:
        request = urllib.request.Request(f"{address}/{BUCKET}", method="PUT")
        with urllib.request.urlopen(request, timeout=1):
            return True
    except OSError:
        return False


def put(address: str, content: bytes) -> int:
    """Put bytes under an address, as a browser does; the status."""
    request = urllib.request.Request(address, data=content, method="PUT")
    request.add_header("Content-Type", "")
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
