"""Settings of the property tests: a busy machine is no failure."""

from hypothesis import settings

settings.register_profile("patrol", deadline=None, max_examples=60)
settings.load_profile("patrol")
