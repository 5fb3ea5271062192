"""The embedded site's own pages: signing in, the course, and the door to the blocks' handlers."""
