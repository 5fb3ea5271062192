"""An activity's two written forms, the author's text and OLX, and the way between each and its value in `core`.

One file an activity. Nothing here knows Django or XBlock, and every fault is a Problem with its line.
"""
