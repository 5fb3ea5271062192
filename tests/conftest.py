"""What every suite but the database's begins with."""

from hypothesis import settings

# A law holds or not; how fast it is checked on a busy machine says nothing.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
