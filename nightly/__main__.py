"""`python -m nightly`."""

from nightly.cli import main

if __name__ == "__main__":
    main()
