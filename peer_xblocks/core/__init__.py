"""What things are: frozen values and pure rules. No Django, no XBlock; pydantic and the standard library only."""
