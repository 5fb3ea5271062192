"""SQLite as one process with several threads needs it: a Django database engine."""
