"""`python -m toolkit_builder` is `toolkit-builder`."""

from toolkit_builder.cli import main

main()
