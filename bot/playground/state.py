"""What the page is told, as JSON: people, chats, messages, changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.playground.botapi.telegram import Telegram
    from bot.playground.botapi.things import Message, Profile
    from bot.playground.botapi.world import Event
    from bot.playground.people import Persona
    from bot.playground.samples import Sample
    from bot.sources import Sources

Json = dict[str, Any]
Change = tuple[str, Json]
"""An event's name and its data."""


def message_state(message: Message, bot_id: int) -> Json:
    """A message as a bubble needs it; `date` and `edited` are Unix seconds."""
    return {
        "id": message.message_id,
        "bot": message.author == bot_id,
        "date": message.date,
        "edited": message.edit_date,
        "text": message.text,
        "entities": [entity.as_json() for entity in message.entities],
        "buttons": [
            [{"text": one.text, "data": one.data, "url": one.url} for one in row]
            for row in message.buttons
        ],
        "reply_to": message.reply_to,
        "place": message.content.get("location"),
    }


def persona_state(persona: Persona, telegram: Telegram) -> Json:
    """A person with the whole chat, and the commands that the bot offers there."""
    bot_id = telegram.world.bot.id
    return {
        "id": persona.id,
        "name": persona.name,
        "about": persona.about,
        "role": "admin" if persona.admin else "subscriber",
        "language": persona.language,
        "commands": commands(telegram.world.profile, persona),
        "messages": [message_state(one, bot_id) for one in telegram.history(persona.id)],
    }


def commands(profile: Profile, persona: Persona) -> list[dict[str, str]]:
    """The bot's menu for that person: Telegram takes the narrowest scope that has one."""
    for scope in (f"chat:{persona.id}:", "all_private_chats::", "default::"):
        for language in (persona.language, ""):
            if found := profile.commands.get(f"{scope}:{language}"):
                return found
    return []


def sources_state(sources: Sources) -> list[Json]:
    """Who may publish; never the tokens."""
    return [{"id": one.source.id, "name": one.source.name} for one in sources]


def sample_state(sample: Sample) -> Json:
    """A sample as a chip and a text."""
    return {
        "id": sample.id,
        "title": sample.title,
        "source": sample.source,
        "language": sample.language,
        "text": sample.text,
    }


def change(event: Event, bot_id: int) -> Change | None:
    """What the page must draw anew after an event of one chat; None where nothing is seen."""
    if event.what in {"message", "edited"} and event.message is not None:
        told = message_state(event.message, bot_id)
        return "message", {"chat": event.chat_id, "message": told}
    if event.what == "deleted" and event.message is not None:
        return "removed", {"chat": event.chat_id, "message": event.message.message_id}
    if event.what == "answered":
        names = ("user", "text", "alert")
        return "answer", {name: event.data[name] for name in names}
    return None
