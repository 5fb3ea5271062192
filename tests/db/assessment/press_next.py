"""A process of its own: one assessor takes and rates seats until none is left, and prints them."""

import importlib.util
import sys

if not importlib.util.find_spec("MySQLdb") and importlib.util.find_spec("pymysql"):
    import pymysql

    pymysql.install_as_MySQLdb()

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402 (only after setup)

from peer_xblocks.assessment.api import ratings, seats  # noqa: E402
from tests.db.work.scene import PROGRAMME  # noqa: E402
from tests.unit.core.performances import rating  # noqa: E402

user = User.objects.get(pk=sys.argv[1])
while seat := seats.take_next(user, PROGRAMME):
    print(seat.id, flush=True)
    ratings.submit(user, seat.id, rating((3, 3, 3)), str(seat.id))
