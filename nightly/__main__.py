"""`python -m nightly`."""

from nightly.cli import main

main()
