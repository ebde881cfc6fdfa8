"""Trouble on order: refusals, slow answers, lost connections, for chosen methods and chats."""

from dataclasses import dataclass, field

from bot.playground.botapi.errors import Refusal


@dataclass(slots=True)
class Fault:
    """What goes wrong, with which calls, how often (None: until taken away).

    With `refusal` the call is refused and does nothing. Otherwise it is done if `performed`, and
    then the answer comes `seconds` late, or with `hang` never, or with `drop` the line is cut.
    """

    method: str | None = None
    chat_id: int | None = None
    times: int | None = 1
    refusal: Refusal | None = None
    performed: bool = True
    seconds: float = 0
    hang: bool = False
    drop: bool = False

    def meets(self, method: str, chat_id: int | None) -> bool:
        """Whether this call is one of those."""
        right_method = self.method is None or self.method.lower() == method.lower()
        right_chat = self.chat_id is None or self.chat_id == chat_id
        return right_method and right_chat and self.times != 0


@dataclass(slots=True)
class Faults:
    """The faults on order, oldest first. `method` and `chat_id` choose the calls; None is all."""

    ordered: list[Fault] = field(default_factory=list)

    def fail(
        self,
        refusal: Refusal,
        method: str | None = None,
        *,
        chat_id: int | None = None,
        times: int | None = 1,
    ) -> Fault:
        """Those calls are refused, and do nothing: `fail(Refusal(502, "Bad Gateway"))`."""
        return self.add(Fault(method, chat_id, times, refusal))

    def slow(
        self,
        seconds: float,
        method: str | None = None,
        *,
        chat_id: int | None = None,
        times: int | None = 1,
    ) -> Fault:
        """Those calls are done at once, and answered that much later."""
        return self.add(Fault(method, chat_id, times, seconds=seconds))

    def hang(
        self,
        method: str | None = None,
        *,
        chat_id: int | None = None,
        times: int | None = 1,
        performed: bool = True,
    ) -> Fault:
        """Those calls are never answered, though done unless `performed` is false."""
        return self.add(Fault(method, chat_id, times, performed=performed, hang=True))

    def drop(
        self,
        method: str | None = None,
        *,
        chat_id: int | None = None,
        times: int | None = 1,
        performed: bool = True,
    ) -> Fault:
        """The line is cut instead of an answer; the call is done unless `performed` is false."""
        return self.add(Fault(method, chat_id, times, performed=performed, drop=True))

    def add(self, fault: Fault) -> Fault:
        """Orders one; keep it to take it away with `remove`."""
        self.ordered.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Takes one away, if it is still there."""
        self.ordered = [one for one in self.ordered if one is not fault]

    def meeting(self, method: str, chat_id: int | None) -> Fault | None:
        """The oldest fault for a call; uses up one of its times."""
        for fault in self.ordered:
            if fault.meets(method, chat_id):
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None
