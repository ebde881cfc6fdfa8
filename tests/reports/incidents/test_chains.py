"""Chains of CAP messages: which of them still count."""

from __future__ import annotations

from reports.incidents.chains import Chain, Message
from reports.model import MessageType


def message(type_: MessageType, references: str = "", *, understood: bool = True) -> Message:
    """One whose references are the letters."""
    return Message(type_, frozenset(references), understood)


A = message(MessageType.ALERT)


def update(of: str, *, understood: bool = True) -> Message:
    """An Update of these."""
    return message(MessageType.UPDATE, of, understood=understood)


def cancel(of: str) -> Message:
    """A Cancel of these."""
    return message(MessageType.CANCEL, of)


def cancelled(**messages: Message) -> str:
    """The letters of those that are cancelled."""
    chain = Chain(messages)
    return "".join(one for one in messages if chain.cancelled(one))


def superseded(**messages: Message) -> str:
    """The letters of those that another says more recently."""
    chain = Chain(messages)
    return "".join(one for one in messages if chain.superseded(one))


def test_a_cancel_of_the_newest_is_of_the_whole_chain() -> None:
    assert cancelled(A=A, U=update("A"), V=update("U"), C=cancel("V")) == "AUV"


def test_a_cancel_of_an_old_one_is_of_nothing_while_a_newer_one_counts() -> None:
    assert cancelled(A=A, U=update("A"), C=cancel("A")) == ""


def test_a_cancel_that_lists_the_chain_is_of_all_of_it() -> None:
    assert cancelled(A=A, U=update("A"), C=cancel("AU")) == "AU"


def test_of_two_updates_both_are_to_be_cancelled() -> None:
    assert cancelled(A=A, U=update("A"), V=update("A"), C=cancel("V")) == "V"
    assert cancelled(A=A, U=update("A"), V=update("A"), C=cancel("V"), D=cancel("U")) == "AUV"


def test_what_is_cancelled_is_so_also_before_it_comes_in() -> None:
    assert Chain({"C": cancel("A")}).cancelled("A")


def test_an_update_replaces_all_that_its_own_references_replaced() -> None:
    assert superseded(A=A, U=update("A"), V=update("U")) == "AU"


def test_an_unclear_update_replaces_nothing_but_hands_on_what_does() -> None:
    assert superseded(A=A, U=update("A", understood=False)) == ""
    assert superseded(A=A, U=update("A", understood=False), V=update("U")) == "AU"


def test_earlier_messages_are_those_that_are_known() -> None:
    chain = Chain({"A": A, "U": update("AX"), "C": cancel("UZ")})
    assert chain.earlier("UZ") == {"A", "U"}
    assert chain.earlier("Z") == frozenset()


def test_a_chain_names_what_cancels_it() -> None:
    chain = Chain({"A": A, "U": update("A"), "C": cancel("U"), "D": cancel("A")})
    assert chain.cancels("A") == {"C"}


def test_a_circle_ends_nothing_and_never_hangs() -> None:
    circle = {"A": update("U"), "U": update("A"), "C": cancel("C")}
    assert cancelled(**circle) == "C"
    assert superseded(**circle) == "AU"
