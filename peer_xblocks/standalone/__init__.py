"""The embedded site: a workbench runtime and all of peer-xblocks on SQLite, in one process, on
this machine.
"""
