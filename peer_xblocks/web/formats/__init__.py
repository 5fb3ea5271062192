"""How pages and blocks write a day and a moment, as a module for Django's FORMAT_MODULE_PATH."""

DAY = "j F Y"
CLOCK = "H:i e"
MOMENT = "j F Y, H:i e"
