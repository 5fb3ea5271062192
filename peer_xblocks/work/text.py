"""Which characters of a text can be kept by every database."""


def storable(text: str) -> str:
    """The text with plain line ends, and without what PostgreSQL or UTF-8 cannot hold (NUL, half
    surrogates).
    """
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    return whole.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
