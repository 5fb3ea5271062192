"""The formats for pages in Spanish."""
