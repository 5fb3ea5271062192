"""What things are.

Frozen values and pure rules. No Django, no XBlock; pydantic and the standard library only.
"""
