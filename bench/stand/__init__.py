"""What every measurement stands on: a database of its own, a peer beside it, one form of row."""
