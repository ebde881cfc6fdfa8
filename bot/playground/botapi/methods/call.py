"""One call of a method, and the chat and message it speaks of."""

from dataclasses import dataclass

from bot.playground.botapi import errors
from bot.playground.botapi.errors import Refused
from bot.playground.botapi.params import Params
from bot.playground.botapi.things import GENERAL_TOPIC, Chat, ChatKind, Message, Status
from bot.playground.botapi.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """What a method works with."""

    world: World
    params: Params

    def chat(self, parameter: str = "chat_id") -> Chat:
        """The chat that a parameter names, by number or as @name.

        Raises:
            Refused: the bot knows no such chat, or it has moved to another id.
        """
        named = self.params.text(parameter)
        if not named:
            raise Refused(errors.CHAT_ID_EMPTY)
        found = self._named(named)
        if found is None:
            raise Refused(self._unknown(named))
        if found.migrated_to is not None:
            raise Refused(errors.migrated(found.migrated_to))
        return found

    def chat_to_write_in(self) -> Chat:
        """That chat, if the bot may write there.

        Raises:
            Refused: blocked, deactivated, kicked, not a member, without the right.
        """
        chat = self.chat()
        refusal = _private_refusal(self, chat) or _shared_refusal(self, chat)
        if refusal:
            raise Refused(refusal)
        return chat

    def thread(self, chat: Chat) -> int | None:
        """The topic that is named; None in the general one and where there are none.

        Raises:
            Refused: there is no such topic; the general one may not be named.
        """
        thread_id = self.params.integer("message_thread_id")
        if not thread_id:
            return None
        if thread_id == GENERAL_TOPIC or thread_id not in (chat.topics or {}):
            raise Refused(errors.THREAD_NOT_FOUND)
        return thread_id

    def message(self, chat: Chat, missing: errors.Refusal) -> Message:
        """The message that `message_id` names.

        Raises:
            Refused: with `missing` when there is no such message.
        """
        if not self.params.has("message_id"):
            raise Refused(errors.NO_MESSAGE_ID)
        found = chat.messages.get(self.params.integer("message_id"))
        if found is None:
            raise Refused(missing)
        return found

    def _named(self, named: str) -> Chat | None:
        if named.startswith("@"):
            name = named[1:].lower()
            chats = self.world.chats.values()
            return next((one for one in chats if (one.username or "").lower() == name), None)
        return self.world.chats.get(_number(named))

    def _unknown(self, named: str) -> errors.Refusal:
        """A person the bot has only met in a group is known, but has not started it."""
        user_id, bot_id = _number(named), self.world.bot.id
        chats = self.world.chats.values()
        met = any(one.status(user_id).is_inside and one.status(bot_id).is_inside for one in chats)
        return errors.NOT_STARTED if met else errors.CHAT_NOT_FOUND


def _number(named: str) -> int:
    """The id as a number; 0, which nobody has, where it is none."""
    return int(named) if named.removeprefix("-").isdecimal() else 0


def _private_refusal(call: Call, chat: Chat) -> errors.Refusal | None:
    if chat.kind is not ChatKind.PRIVATE:
        return None
    if call.world.people[chat.id].deactivated:
        return errors.DEACTIVATED
    return errors.BLOCKED if chat.status(call.world.bot.id) is Status.KICKED else None


def _shared_refusal(call: Call, chat: Chat) -> errors.Refusal | None:
    if chat.kind is ChatKind.PRIVATE:
        return None
    if chat.deleted:
        return errors.GROUP_DELETED
    status = chat.status(call.world.bot.id)
    if status is Status.KICKED:
        return errors.kicked(chat.kind.value)
    if not status.is_inside:
        return errors.not_a_member(chat.kind.value)
    needs_rights = chat.kind is ChatKind.CHANNEL and not status.is_admin
    return errors.CHANNEL_RIGHTS if needs_rights else None
