"""Setting the scene: accounts, groups, channels, topics, and who is what in them."""

from collections.abc import Callable

from bot.playground.botapi import acts, wire
from bot.playground.botapi.errors import Impossible
from bot.playground.botapi.params import Json
from bot.playground.botapi.things import GENERAL_TOPIC, Chat, ChatKind, Message, Person, Status
from bot.playground.botapi.world import Event, World

BOT_ID = 7_000_000_001
_SUPERGROUPS_START_AT = -1_000_000_000_000


class Stage:
    """Everything that is there before somebody acts, and what changes in it."""

    def __init__(self, name: str, username: str, clock: Callable[[], float]) -> None:
        self.world = World(Person(BOT_ID, name, username=username, is_bot=True), clock)

    def add_person(self, user_id: int, first_name: str, language_code: str | None = None) -> Person:
        """Somebody with an account, who has not met the bot yet."""
        person = Person(user_id, first_name, language_code)
        self.world.people[user_id] = person
        return person

    def add_group(self, chat_id: int, title: str, owner_id: int) -> Chat:
        """A basic group, without the bot."""
        return self._add(Chat(chat_id, ChatKind.GROUP, title), owner_id)

    def add_supergroup(
        self, chat_id: int, title: str, owner_id: int, *, is_forum: bool = False
    ) -> Chat:
        """A supergroup, without the bot; a forum has topics, and the general one from the start."""
        topics = {GENERAL_TOPIC: "General"} if is_forum else None
        chat = Chat(chat_id, ChatKind.SUPERGROUP, title, topics=topics)
        chat.last_message_id = GENERAL_TOPIC
        return self._add(chat, owner_id)

    def add_channel(
        self, chat_id: int, title: str, owner_id: int, username: str | None = None
    ) -> Chat:
        """A channel, without the bot."""
        return self._add(Chat(chat_id, ChatKind.CHANNEL, title, username), owner_id)

    def add_topic(self, chat_id: int, name: str) -> int:
        """A topic in a forum; its id."""
        chat = self.world.chat(chat_id)
        if chat.topics is None:
            raise Impossible(f"chat {chat_id} is no forum")
        created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        message = self._service(chat, self._owner(chat), created)
        chat.topics[message.message_id] = name
        message.thread_id = message.message_id
        return message.message_id

    def join(self, chat_id: int, user_id: int, status: Status = Status.MEMBER) -> None:
        """A person comes into a chat, or becomes something else there."""
        chat = self.world.chat(chat_id)
        newly = not chat.status(user_id).is_inside
        chat.members[user_id] = status
        if newly and chat.kind is not ChatKind.CHANNEL:
            who = [wire.user(self.world.account(user_id))]
            acts.report(self.world, self._service(chat, user_id, {"new_chat_members": who}))

    def leave(self, chat_id: int, user_id: int) -> None:
        """A person leaves a chat."""
        chat = self.world.chat(chat_id)
        chat.members[user_id] = Status.LEFT
        if chat.kind is not ChatKind.CHANNEL:
            who = wire.user(self.world.account(user_id))
            acts.report(self.world, self._service(chat, user_id, {"left_chat_member": who}))

    def add_bot(self, chat_id: int, actor_id: int, status: Status = Status.MEMBER) -> None:
        """Somebody brings the bot into a chat, or makes it administrator, or member again."""
        chat = self.world.chat(chat_id)
        newly = not chat.status(self.world.bot.id).is_inside
        acts.change_bot(self.world, chat, actor_id, status)
        if newly and chat.kind is not ChatKind.CHANNEL:
            who = [wire.user(self.world.bot)]
            acts.report(self.world, self._service(chat, actor_id, {"new_chat_members": who}))

    def remove_bot(self, chat_id: int, actor_id: int) -> None:
        """Somebody throws the bot out."""
        acts.change_bot(self.world, self.world.chat(chat_id), actor_id, Status.KICKED)

    def delete_group(self, chat_id: int) -> None:
        """A group is deleted; whoever writes there is told."""
        self.world.chat(chat_id).deleted = True

    def deactivate(self, user_id: int) -> None:
        """A person deletes the account."""
        self.world.people[user_id].deactivated = True

    def migrate(self, chat_id: int) -> int:
        """A group becomes a supergroup; its new id. Both chats get the service message."""
        old = self.world.chat(chat_id)
        if old.kind is not ChatKind.GROUP or old.migrated_to is not None:
            raise Impossible(f"chat {chat_id} is no group that could become a supergroup")
        new = Chat(_SUPERGROUPS_START_AT + chat_id, ChatKind.SUPERGROUP, old.title)
        new.members = dict(old.members)
        self.world.chats[new.id] = new
        actor = self._owner(old)
        acts.report(self.world, self._service(old, actor, {"migrate_to_chat_id": new.id}))
        old.migrated_to = new.id
        acts.report(self.world, self._service(new, actor, {"migrate_from_chat_id": old.id}))
        return new.id

    def _add(self, chat: Chat, owner_id: int) -> Chat:
        chat.members[self.world.people[owner_id].id] = Status.CREATOR
        self.world.chats[chat.id] = chat
        self.world.tell(Event("chat", chat.id))
        return chat

    def _service(self, chat: Chat, author: int, fields: dict[str, Json]) -> Message:
        number, now = chat.next_message_id(), self.world.now()
        message = Message(number, chat.id, now, author, service=fields)
        return self.world.add(chat, message)

    def _owner(self, chat: Chat) -> int:
        return next(user for user, status in chat.members.items() if status is Status.CREATOR)
