"""What the generators of docs/reference share: filling in a page's frame, tables, and writing a page."""

from pathlib import Path

REFERENCE = Path(__file__).with_name("reference")


def frame(name: str) -> str:
    """What is written by hand of a page: docs/reference/_NAME.md."""
    return (REFERENCE / f"_{name}.md").read_text(encoding="utf-8")


def filled(text: str, **parts: str) -> str:
    """A frame with each `<!-- part -->` replaced; KeyError where it has no such place."""
    for name, part in parts.items():
        place = f"<!-- {name} -->"
        if place not in text:
            raise KeyError(place)
        text = text.replace(place, part.strip())
    return text.rstrip() + "\n"


def table(*rows: tuple[str, ...]) -> str:
    """A Markdown table; the first row is its head. Bars in cells are escaped, line breaks become spaces."""
    head, *rest = ["| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([head, "|" + "---|" * len(rows[0]), *rest]).replace("|  |", "| |")


def write(name: str, text: str) -> None:
    """Write docs/reference/NAME.md."""
    (REFERENCE / f"{name}.md").write_text(text, encoding="utf-8")
