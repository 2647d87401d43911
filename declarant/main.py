"""`declarant`: one command for every room."""

from __future__ import annotations

import sys

import typer

from declarant import explaining, keeping, learning, processing, serving
from extractor.errors import DeclarantError

__all__ = ["app", "main"]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Find every alleged trafficker in the statements of T and U visa case files.",
)
processing.register(app)
learning.register(app)
explaining.register(app)
serving.register(app)
keeping.register(app)


def main() -> None:
    """Run the command line; every error of ours becomes one line and its exit status."""
    try:
        app()
    except DeclarantError as error:
        sys.stderr.write(f"declarant: {error.line()}\n")
        sys.exit(error.exit_status)


if __name__ == "__main__":
    main()
