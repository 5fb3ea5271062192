"""Version 1. Bodies are the values of `core`; errors are a status, a stable code and a sentence."""
