"""A real S3 server: moto's, in a process of its own, with one bucket."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3

from tests.db.work.waiting import free_port, until

BUCKET = "peer-recordings"


@contextmanager
def running() -> Iterator[dict[str, Any]]:
    """The storage, as a site's settings name it. Pages of others may use it as `allow` says."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    strict = {**os.environ, "MOTO_DISABLE_GLOBAL_CORS": "true"}
    with subprocess.Popen(command, env=strict, **quiet) as process:
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


def bucket(storage: dict[str, Any]) -> Any:
    """The bucket of a storage, by boto3."""
    known = storage["OPTIONS"]
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    place = {"endpoint_url": known["endpoint_url"], "region_name": known["region_name"]}
    return boto3.resource("s3", **keys, **place).Bucket(BUCKET)


def allow(storage: dict[str, Any], rules: list[dict[str, Any]]) -> None:
    """Set the bucket's CORS rules, as an operator does."""
    bucket(storage).Cors().put(CORSConfiguration={"CORSRules": rules})


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
