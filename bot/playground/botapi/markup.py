"""HTML as Telegram reads it: few tags, strictly nested, errors by byte offset."""

import re
from dataclasses import dataclass

from bot.playground.botapi import errors
from bot.playground.botapi.entities import Entity, piece, settled, units
from bot.playground.botapi.links import checked

TYPE_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
}
ENTITIES_AT_MOST = 100
MARKS_READ = 1000

_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(?:x(?P<hex>[0-9a-fA-F]+)|(?P<dec>[0-9]+))|(?P<name>[a-zA-Z]+));?")
_START = re.compile(r"<(?P<tag>[^\s>]*)")
_END = re.compile(r"</(?P<tag>[^\s>]*)\s*(?P<close>>?)")
_NAME = re.compile(r"[^\s=>]*")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_SPACE = re.compile(r"\s*")


def read_html(html: str) -> tuple[str, list[Entity]]:
    """The text and its entities.

    Raises:
        Refused: the markup is not what Telegram takes; says what and at which byte.
    """
    text, entities = _Html(html).read()
    kept = [_kept(entity, text) for entity in entities]
    return text, settled([entity for entity in kept if entity][:MARKS_READ])[:ENTITIES_AT_MOST]


def _kept(entity: Entity, text: str) -> Entity | None:
    """As Telegram keeps it: no language but of a pre; a link that leads somewhere, or none."""
    if entity.type == "code":
        return Entity("code", entity.offset, entity.length)
    if entity.type != "text_link":
        return entity
    address = checked(entity.url or piece(text, entity.offset, entity.length))
    kept = Entity("text_link", entity.offset, entity.length, url=address)
    return kept if address else None


@dataclass(frozen=True, slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    argument: str
    offset: int


class _Html:
    """One pass over the markup."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._at = 0
        self._length = 0
        self._text: list[str] = []
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self._at < len(self._html):
            if self._html.startswith("</", self._at):
                self._end_tag()
            elif self._html[self._at] == "<":
                self._start_tag()
            else:
                self._character()
        if self._open:
            tag = self._open[-1].tag
            raise _wrong(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return "".join(self._text), self._entities

    def _character(self) -> None:
        character, self._at = _decoded(self._html, self._at)
        self._text.append(character)
        self._length += units(character)

    def _start_tag(self) -> None:
        start = self._at
        match = _START.match(self._html, start)
        tag = match["tag"].lower() if match else ""
        self._at += 1 + len(tag)
        if self._at >= len(self._html):
            raise self._wrong_at("Unclosed start tag", start)
        if tag not in TYPE_OF_TAG:
            raise self._wrong_at(f'Unsupported start tag "{tag}"', start)
        argument = self._attributes(tag, start)
        if tag == "span" and argument != "spoiler":
            raise self._wrong_at('Tag "span" must have class "tg-spoiler"', start)
        self._open.append(_Open(tag, argument, self._length))

    def _attributes(self, tag: str, start: int) -> str:
        """Reads up to and with the closing bracket; the one attribute that counts for the tag."""
        argument = ""
        while True:
            self._skip_space()
            if self._html.startswith(">", self._at):
                self._at += 1
                return argument
            name = self._matched(_NAME)
            if not name and self._at < len(self._html):
                raise self._wrong_at(f'Empty attribute name in the tag "{tag}"', start)
            value = self._value(tag, name, start)
            argument = _argument(tag, name, value) or argument

    def _value(self, tag: str, name: str, start: int) -> str:
        self._skip_space()
        if (tag, name) == ("blockquote", "expandable") and not self._looking_at("="):
            return "1"
        if self._at >= len(self._html):
            raise self._wrong_at("Unclosed start tag", start)
        if not self._looking_at("="):
            words = f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
            raise self._wrong_at(words, start)
        self._at += 1
        self._skip_space()
        if self._looking_at('"') or self._looking_at("'"):
            return self._quoted(start)
        return self._token(start)

    def _quoted(self, start: int) -> str:
        quote = self._html[self._at]
        self._at += 1
        value: list[str] = []
        while not self._looking_at(quote):
            if self._at >= len(self._html):
                raise self._wrong_at("Unclosed start tag", start)
            character, self._at = _decoded(self._html, self._at)
            value.append(character)
        self._at += 1
        return "".join(value)

    def _token(self, start: int) -> str:
        begin = self._at
        token = self._matched(_TOKEN)
        if self._at >= len(self._html):
            raise self._wrong_at("Unclosed start tag", start)
        if not self._html[self._at].isspace() and not self._looking_at(">"):
            raise self._wrong_at("Unexpected end of name token", begin)
        return token.lower()

    def _end_tag(self) -> None:
        start = self._at
        if not self._open:
            raise self._wrong_at("Unexpected end tag", start)
        match = _END.match(self._html, start)
        if not match or not match["close"]:
            raise self._wrong_at("Unclosed end tag", start)
        opened = self._open.pop()
        closed = match["tag"].lower()
        if closed not in {"", opened.tag}:
            words = f'expected "</{opened.tag}>", found "</{closed}>"'
            raise _wrong(f"Unmatched end tag at byte offset {self._byte(start)}, {words}")
        self._at = match.end()
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self._length - opened.offset
        if not length:
            return
        entity = _entity(opened, length)
        last = self._entities[-1] if self._entities else None
        if last and _is_code_inside(last, entity):
            self._entities.pop()
            entity = Entity("pre", entity.offset, length, language=last.language)
        self._entities.append(entity)

    def _matched(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._html, self._at)
        found = match.group() if match else ""
        self._at += len(found)
        return found

    def _skip_space(self) -> None:
        self._matched(_SPACE)

    def _looking_at(self, what: str) -> bool:
        return self._html.startswith(what, self._at)

    def _byte(self, at: int) -> int:
        return len(self._html[:at].encode())

    def _wrong_at(self, words: str, at: int) -> errors.Refused:
        return _wrong(f"{words} at byte offset {self._byte(at)}")


def _wrong(words: str) -> errors.Refused:
    return errors.Refused(errors.unreadable_entities(words))


def _decoded(html: str, at: int) -> tuple[str, int]:
    """The character at a place and the place after it; an unknown reference is plain text."""
    match = _REFERENCE.match(html, at)
    if not match:
        return html[at], at + 1
    if match["name"]:
        character = _NAMED.get(match["name"], "")
    else:
        character = _numbered(int(match["hex"], 16) if match["hex"] else int(match["dec"]))
    return (character, match.end()) if character else (html[at], at + 1)


def _numbered(code: int) -> str:
    is_character = 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else ""


def _argument(tag: str, name: str, value: str) -> str:
    """What an attribute means for its tag; nothing where it does not belong."""
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("blockquote", "expandable"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
    return ""


def _entity(opened: _Open, length: int) -> Entity:
    kind = TYPE_OF_TAG[opened.tag]
    match kind:
        case "text_link":
            return Entity(kind, opened.offset, length, url=opened.argument or None)
        case "code":
            return Entity(kind, opened.offset, length, language=opened.argument or None)
        case "custom_emoji":
            return Entity(kind, opened.offset, length, custom_emoji_id=opened.argument)
        case "blockquote" if opened.argument:
            return Entity("expandable_blockquote", opened.offset, length)
    return Entity(kind, opened.offset, length)


def _is_code_inside(code: Entity, pre: Entity) -> bool:
    same = (code.offset, code.length) == (pre.offset, pre.length)
    return pre.type == "pre" and code.type == "code" and same and code.language is not None
