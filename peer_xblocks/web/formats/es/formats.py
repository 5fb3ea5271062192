"""What Django's `date` writes for the names of its formats: 22 de noviembre de 2026, 07:12 UTC."""

from peer_xblocks.web import formats

DATE_FORMAT = SHORT_DATE_FORMAT = formats.day("es")
TIME_FORMAT = formats.CLOCK
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = formats.moment("es")
DECIMAL_SEPARATOR, THOUSAND_SEPARATOR = (
    ".",
    ",",
)  # as in the United States, unlike Django's for Spain
