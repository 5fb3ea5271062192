"""A Celery app as a platform has one, on a queue of one test: for the test, which sends, and for
the worker that it starts with `python -m celery -A tests.db.celery_app worker`.
"""

import importlib.util
import os

from celery import Celery

if not importlib.util.find_spec("MySQLdb") and importlib.util.find_spec("pymysql"):
    import pymysql

    pymysql.install_as_MySQLdb()


def made(broker: str, queue: str) -> Celery:
    """An app that knows its broker and its queue."""
    one = Celery("tests")
    one.conf.update(
        broker_url=broker, task_default_queue=queue, broker_connection_retry_on_startup=True
    )
    return one


if "PEER_TEST_BROKER" in os.environ:
    from django.conf import settings

    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = os.environ["PEER_TEST_MAIL"]
    app = made(os.environ["PEER_TEST_BROKER"], os.environ["PEER_TEST_QUEUE"])
    app.autodiscover_tasks()
