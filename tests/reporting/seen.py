"""What a reader of a page sees before opening anything: the words of its HTML, without a browser."""

from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta"}
INLINE = {"a", "b", "i", "em"}
UNSEEN = {"head", "script", "style", "dialog"}
HIDDEN = {"narrow", "swipe", "visually-hidden", "skip", "print-only", "who"}
"""Classes that the page's styles hide on a wide screen; `who` are names beside signs, which the bar has."""


class _Reader(HTMLParser):
    def __init__(self, end):
        super().__init__()
        self.open, self.texts, self.end, self.ended, self.section = [], {}, end, False, ""

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if attrs.get("id") == self.end:
            self.ended = True
        if tag == "section":
            self.section = attrs.get("id", "")
        self._apart(tag)
        if tag in VOID:
            return
        folded = bool(self.open) and self.open[-1][0] == "details" and self.open[-1][2] and tag != "summary"
        option = tag == "option" and "selected" not in attrs
        classes = {*(attrs.get("class") or "").split()} & HIDDEN
        unseen = tag in UNSEEN or "hidden" in attrs or bool(classes) or folded or option
        inherited = bool(self.open) and self.open[-1][1]
        self.open.append((tag, inherited or unseen, tag == "details" and "open" not in attrs))

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        self._apart(tag)
        while tag not in VOID and (opened := self.open.pop()[0]) != tag:
            assert opened in {"td", "tr"}, f"</{tag}> closes <{opened}>"

    def _apart(self, tag):
        if tag not in INLINE:
            self.texts.setdefault(self.section, []).append(" ")

    def handle_data(self, data):
        if not self.ended and self.open and not self.open[-1][1]:
            self.texts.setdefault(self.section, []).append(data)


def seen(page, end="annex"):
    """Section -> the text that shows with every fold closed, up to the element with an id."""
    reader = _Reader(end)
    reader.feed(page)
    return {section: " ".join("".join(texts).split()) for section, texts in reader.texts.items()}
