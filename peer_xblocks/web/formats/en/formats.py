"""What Django's `date` writes for the names of its formats: 22 November 2026, 07:12 UTC."""

from peer_xblocks.web import formats

DATE_FORMAT = SHORT_DATE_FORMAT = formats.day("en")
TIME_FORMAT = formats.CLOCK
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = formats.moment("en")
