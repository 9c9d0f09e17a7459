"""The one exception a person is meant to read."""


class NightlyError(Exception):
    """Something a person has to act on. Its text is one line that says what to do."""


class UsageError(NightlyError):
    """The command was asked for something that cannot be: exit code 2."""
