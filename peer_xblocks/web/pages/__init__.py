"""Pages for people, one module a noun. A view asks an `api` package and renders, no more."""
