"""REST for machines, one folder a version."""
