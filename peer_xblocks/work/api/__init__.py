"""The only way into `work`: one file a noun.

Every function checks who acts; what is not yours is not found.
"""
