"""Django's commands with the embedded site's settings: `python -m peer_xblocks.standalone.manage
COMMAND`.
"""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peer_xblocks.standalone.settings")
    execute_from_command_line(["peer_xblocks.standalone.manage", *sys.argv[1:]])


if __name__ == "__main__":
    main()
