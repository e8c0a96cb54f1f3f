"""`samlop`, and `python -m commands`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program on `sys.argv` and return its exit code. Ctrl-C is quiet from the first import on."""
    try:
        from commands.main import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
