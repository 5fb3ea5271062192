"""The formats for pages in English."""
