"""The only way into `assessment`: one file a noun.

Every function checks who acts; what is not yours is not found.
"""
