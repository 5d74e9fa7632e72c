"""The errors a caller may meet, and what each one means.

BroadsheetError
├── Transient            trying again may help (a lock is held, a server is away)
│   ├── Held             another process has what we need; the message names it
│   └── Interrupted      a person stopped it
└── Terminal             trying again will not help
    ├── ConfigError      a setting or sources.toml; names file, key and allowed values
    │   └── NoContact    a site was to be asked and no contact is configured
    ├── ArchiveError     a WARC file that cannot be read or written
    │   └── DiskFull     too little room; what was kept stands, and the rest waits for the next run
    └── WarehouseError   a warehouse that is missing, newer than the program, or damaged
        ├── CheckFailed      rows that break a check of severity error; nothing is published
        └── StatementError   a statement that cannot be answered; says where it is wrong

What goes wrong with a single page is never raised: it is a value with a `Reason` (broadsheet.model).
The command line prints a BroadsheetError as one line and exits with its `exit_code`; anything else is a bug.
"""


class BroadsheetError(Exception):
    """Base of every error this project raises on purpose."""

    exit_code = 1


class Transient(BroadsheetError):
    """Trying again may help."""


class Held(Transient):
    """Another process holds a lock; the message names the process and the file."""


class Interrupted(Transient):
    """A person stopped it; what was kept is picked up by the next run."""


class Terminal(BroadsheetError):
    """Trying again will not help."""


class ConfigError(Terminal):
    """A setting or a configuration file is wrong."""


class NoContact(ConfigError):
    """Sites may know who asks them, and nobody is named."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__("set BROADSHEET_CONTACT to a URL or mail address: sites may know who asks them")


class ArchiveError(Terminal):
    """A WARC file cannot be read or written."""


class DiskFull(ArchiveError):
    """There is too little room on the disk, or will be soon."""


class WarehouseError(Terminal):
    """The warehouse is missing, damaged, or newer than this program."""


class CheckFailed(WarehouseError):
    """A check of severity error returned rows."""


class StatementError(WarehouseError):
    """A statement of the user's that cannot be answered.

    `text` is the statement, `place` the offset in it (characters, from 0) at which it is wrong; None: it has no place.
    """

    def __init__(self, said: str, text: str = "", place: int | None = None) -> None:
        self.said, self.text, self.place = said, text, place
        before = text[: place or 0]
        where = "" if place is None else f"line {before.count(chr(10)) + 1}, column {place - before.rfind(chr(10))}: "
        super().__init__(f"sql: {where}{said}")

    def pointed(self) -> str:
        """What is wrong, and the line of the statement with a caret under the place."""
        if self.place is None:
            return self.said
        begun = self.text.rfind("\n", 0, self.place) + 1
        line = self.text[begun:].split("\n", 1)[0]
        number = self.text.count("\n", 0, self.place) + 1
        lead = f"line {number}: "
        return f"{self.said}\n{lead}{line}\n{' ' * (len(lead) + self.place - begun)}^"
