"""A results folder whose file of what it rests on somebody edits, and how its report ends."""

import html
import json
import re

from sinobel.cli import main
from sinobel.results import kept_basis


def ended(*arguments):
    """Code of a command of the terminal."""
    try:
        main([*map(str, arguments)])
    except SystemExit as stop:
        return stop.code or 0
    return 0


def sinobel(*arguments):
    """A command that must end well."""
    assert ended(*arguments) == 0, arguments


def manifest_in(folder):
    """The manifest of a folder."""
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def text_of(page):
    """What a page shows, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page.read_text(encoding="utf-8"))).split())


def edit(folder, change):
    """Let a function change the content of the file."""
    file = folder / kept_basis.FILE
    content = json.loads(file.read_text(encoding="utf-8"))
    change(content)
    file.write_text(json.dumps(content), encoding="utf-8")
