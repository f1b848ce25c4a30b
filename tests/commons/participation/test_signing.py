"""Signing: once each, exact to the last one answered, closed to the instant, and nobody waits for anybody."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.small_state import NOW, found_small_state

from sala.commons.ledger import actions as ledger
from sala.commons.participation import actions, queries
from sala.commons.participation.models import AreaCount, Change, Collection, Signature
from sala.core.actors import ANONYMOUS, Channel
from sala.core.errors import Conflict
from sala.services.complaints.actions import Filing, file_complaint
from sala.services.complaints.queries import get_complaint
from sala.serving.health import probes

without_entry = ledger.action_without_entry("a test signs for no service")


def collection() -> Collection:
    """A collection on a complaint of the small state."""
    filed = file_complaint(actor=ANONYMOUS, now=NOW, filing=Filing(text="ไฟดับทั้งซอย", topic="street_light"))
    return without_entry(actions.open_collection)(
        matter=get_complaint(filed.reference).pk, purpose=queries.SUPPORT
    )


def sign(where: Collection, who: str, area: str = "") -> None:
    """Somebody signs on the web."""
    without_entry(actions.sign)(where, mark=mark(who), area=area, channel=Channel.WEB)


def withdraw(where: Collection, who: str) -> None:
    """Somebody signs no longer."""
    without_entry(actions.withdraw)(where, mark=mark(who))


def mark(who: str) -> bytes:
    """What stands for somebody."""
    return queries.mark_of(queries.SUPPORT, "C69-0000001-0", who)


@pytest.mark.usefixtures("state")
@pytest.mark.req("LAW-3.1")
def test_a_second_signature_is_refused_and_the_count_is_right_before_and_after_it_is_folded() -> None:
    where = collection()
    sign(where, "a", "40")
    sign(where, "b", "10")
    with pytest.raises(Conflict, match="already_joined"):
        sign(where, "a", "10")
    assert queries.count(where) == 2
    assert actions.fold_changes(now=NOW) == 1
    assert queries.count(where) == 2
    assert queries.count_by_area(where) == {"10": 1, "40": 1}
    assert queries.has_signed(where, mark("a"))
    assert not queries.has_signed(where, mark("c"))
    assert actions.fold_changes(now=NOW) == 0


@pytest.mark.usefixtures("state")
@pytest.mark.req("LAW-3.1")
def test_who_withdraws_is_not_counted_and_may_sign_again_once() -> None:
    where = collection()
    sign(where, "a", "40")
    withdraw(where, "a")
    assert queries.count(where) == 0
    with pytest.raises(Conflict, match="not_joined"):
        withdraw(where, "a")
    sign(where, "a", "10")
    with pytest.raises(Conflict, match="already_joined"):
        sign(where, "a", "10")
    actions.fold_changes(now=NOW)
    assert (queries.count(where), queries.count_by_area(where)) == (1, {"10": 1})


@pytest.mark.usefixtures("state")
@pytest.mark.req("LAW-3.1")
@pytest.mark.parametrize(("opens", "closes"), [("+ 1 hour", "+ 2 hours"), ("- 2 hours", "+ 0 hours")])
def test_before_it_opens_and_from_its_closing_instant_on_nobody_signs(opens: str, closes: str) -> None:
    where = collection()
    with connection.cursor() as cursor:
        # By the database's clock, which alone decides; within a transaction it stands still, so 0 hours is "now".
        cursor.execute(
            "UPDATE participation_collection SET opens_at = now() + %s::interval, closes_at = now() + %s::interval",
            [opens, closes],
        )
    with pytest.raises(Conflict, match="not_open"):
        sign(where, "late")
    assert not Signature.objects.exists()
    assert not Change.objects.exists()


@pytest.mark.usefixtures("state")
@pytest.mark.req("LAW-3.1")
def test_a_signature_whose_act_fails_is_not_counted() -> None:
    where = collection()

    @ledger.action_without_entry("a test that fails after it signed")
    def signs_and_fails() -> None:
        actions.sign(where, mark=mark("a"), area="", channel=Channel.WEB)
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        signs_and_fails()
    assert queries.count(where) == 0


@pytest.mark.usefixtures("state")
@pytest.mark.req("LAW-3.1")
def test_a_count_that_somebody_changed_behind_our_back_is_found() -> None:
    where = collection()
    sign(where, "a")
    assert queries.recount() == []
    actions.fold_changes(now=NOW)
    assert queries.recount() == []
    Collection.objects.filter(pk=where.pk).update(counted=70)
    assert queries.recount() == [queries.Recount(where.pk, counted=70, signed=1)]
    told = probes.look_at_counts()
    assert (told.level, told.says) == ("failure", f"collection {where.pk}: 70 counted, 1 signed")


class Signing(TestCase):
    """Whatever people do in whatever order, the counts are what a plain set says."""

    def setUp(self) -> None:
        """A collection in the small state."""
        found_small_state()
        self.where = collection()

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["sign", "withdraw", "fold"]),
                st.sampled_from("abc"),
                st.sampled_from(["10", "40", ""]),
            ),
            max_size=25,
        )
    )
    def test_counts_are_those_of_a_set(self, acts: list[tuple[str, str, str]]) -> None:
        signed: dict[str, str] = {}
        for act, who, area in acts:
            if act == "fold":
                actions.fold_changes(now=NOW, most=2)
            elif (act == "sign") == (who in signed):
                with pytest.raises(Conflict):
                    sign(self.where, who, area) if act == "sign" else withdraw(self.where, who)
            elif act == "sign":
                sign(self.where, who, area)
                signed[who] = area
            else:
                withdraw(self.where, who)
                del signed[who]
            assert queries.count(self.where) == len(signed)
        while actions.fold_changes(now=NOW):
            pass
        expected = {area: list(signed.values()).count(area) for area in set(signed.values())}
        assert queries.count_by_area(self.where) == expected
        assert queries.recount() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("LAW-3.1")
def test_many_at_once_and_two_who_fold_meanwhile_count_each_person_once() -> None:
    found_small_state()
    where = collection()

    def sign_all(_: int) -> int:
        done = 0
        for number in range(40):
            try:
                sign(where, f"person {number}", "40")
                done += 1
            except Conflict:
                pass
            if number % 8 == 0:
                actions.fold_changes(now=NOW, most=5)
        connection.close()
        return done

    with ThreadPoolExecutor(4) as several:
        assert sum(several.map(sign_all, range(4))) == 40
    while actions.fold_changes(now=NOW):
        pass
    assert queries.count(where) == 40
    assert list(AreaCount.objects.values_list("area", "counted")) == [("40", 40)]
    assert queries.recount() == []
