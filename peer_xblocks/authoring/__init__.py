"""An activity's two written forms, the author's text and OLX, each with its way to the value.

One file an activity. Nothing here knows Django or XBlock, and every fault is a Problem with its
line.
"""
