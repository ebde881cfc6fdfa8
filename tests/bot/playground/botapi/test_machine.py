"""Whatever the bot and a person do in whatever order, the chat is what the rules make of it."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from bot.playground.botapi import Query, Refused, Status, Telegram
from bot.playground.botapi.methods import named
from tests.bot.playground.botapi.wire import ANNA, Json

TEXTS = st.sampled_from(["one", "two", "<b>three</b>", "four"])


class Conversation(RuleBasedStateMachine):
    """A private chat beside a plain model of it: message id to text and whether it has a button."""

    messages = Bundle("messages")
    queries = Bundle("queries")

    def __init__(self) -> None:
        super().__init__()
        self.telegram = Telegram(clock=lambda: 1_700_000_000.0)
        self.telegram.add_person(ANNA, "Anna")
        self.telegram.say(ANNA, "/start")
        self.expected: dict[int, tuple[str, bool]] = {1: ("/start", False)}
        self.blocked = False

    def _call(self, name: str, **params: object) -> Json:
        """The result, or the description of the refusal."""
        method = named(name)
        assert method
        request = self.telegram.arrived(method, {"chat_id": ANNA, **params})
        try:
            return self.telegram.perform(method, request)
        except Refused as refused:
            return refused.refusal.description

    def _content(self, text: str, *, button: bool) -> dict[str, Json]:
        keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
        marked: dict[str, Json] = {"text": text, "parse_mode": "HTML"}
        return marked | ({"reply_markup": keyboard} if button else {})

    @rule(target=messages, text=TEXTS, button=st.booleans())
    def send(self, text: str, button: bool) -> int:  # noqa: FBT001 - hypothesis names it
        answer = self._call("sendMessage", **self._content(text, button=button))
        if self.blocked:
            assert answer == "Forbidden: bot was blocked by the user"
            return 0
        self.expected[answer["message_id"]] = (text, button)
        return int(answer["message_id"])

    @rule(message_id=messages, text=TEXTS, button=st.booleans())
    def edit(self, message_id: int, text: str, button: bool) -> None:  # noqa: FBT001 - as above
        content = self._content(text, button=button)
        answer = self._call("editMessageText", message_id=message_id, **content)
        if self.blocked:
            assert answer == "Forbidden: bot was blocked by the user"
        elif message_id not in self.expected:
            assert answer == "Bad Request: message to edit not found"
        elif self.expected[message_id] == (text, button):
            assert answer.startswith("Bad Request: message is not modified")
        else:
            assert answer["message_id"] == message_id
            self.expected[message_id] = (text, button)

    @rule(message_id=messages)
    def delete(self, message_id: int) -> None:
        answer = self._call("deleteMessage", message_id=message_id)
        if message_id not in self.expected:
            assert answer == "Bad Request: message to delete not found"
        elif self.blocked:
            assert answer == "Bad Request: message can't be deleted for everyone"
        else:
            del self.expected[message_id]

    @rule(target=queries, message_id=messages)
    def press(self, message_id: int) -> Query | None:
        if not self.expected.get(message_id, ("", False))[1]:
            return None
        return self.telegram.press(ANNA, ANNA, message_id, "yes")

    @rule(query=consumes(queries))
    def answer(self, query: Query | None) -> None:
        if query:
            assert self._call("answerCallbackQuery", callback_query_id=query.id) is True
            again = self._call("answerCallbackQuery", callback_query_id=query.id)
            assert again.startswith("Bad Request: query is too old")

    @rule()
    def block_or_unblock(self) -> None:
        self.blocked = not self.blocked
        (self.telegram.block if self.blocked else self.telegram.unblock)(ANNA)

    @rule()
    def restart(self) -> None:
        clock = self.telegram.world.clock
        self.telegram = Telegram.restored(self.telegram.dump())
        self.telegram.world.clock = clock

    @invariant()
    def the_chat_is_as_expected(self) -> None:
        seen = {
            one.message_id: (one.html, bool(one.buttons)) for one in self.telegram.history(ANNA)
        }
        assert seen == self.expected
        status = self.telegram.world.chats[ANNA].status(self.telegram.world.bot.id)
        assert (status is Status.KICKED) == self.blocked

    @invariant()
    def updates_are_numbered_without_a_gap(self) -> None:
        numbers = [one["update_id"] for one in self.telegram.world.updates.waiting]
        assert numbers == list(range(1, len(numbers) + 1))


TestConversation = Conversation.TestCase
TestConversation.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
