"""Rate limits: no more than promised, for one process and several, and a flood costs no statements."""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from sala.core import rates
from sala.core.actors import ANONYMOUS, Actor
from sala.core.errors import TooMany
from sala.core.rates import COUNTED_ALONE
from sala.platform import limits

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
TEN_AN_HOUR = limits.Policy("test.act", {limits.Key.ADDRESS: limits.Rate(10, 3600)})


@pytest.fixture(autouse=True)
def _fresh() -> None:
    limits.forget_everything()


class Shared:
    """What all processes share, as the table does it."""

    def __init__(self) -> None:
        self.full_at = 0.0

    def share(self, taken: float, now: float) -> float:
        self.full_at = max(self.full_at, now) + taken
        return self.full_at


@given(
    times=st.integers(1, 40),
    processes=st.integers(1, 4),
    is_strict=st.booleans(),
    acts=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 400)), max_size=150),
)
def test_several_processes_together_let_through_little_more_than_promised(
    times: int, processes: int, is_strict: bool, acts: list[tuple[int, int]]
) -> None:
    rate = rates.Rate(times, 3600)
    shared, buckets, now, passed = Shared(), [rates.Bucket() for _ in range(4)], 1e9, []
    for process, pause in acts:
        now += pause
        at = now
        wait, used = rates.take(
            buckets[process % processes],
            rate,
            now=now,
            is_strict=is_strict,
            share=lambda taken, at=at: shared.share(taken, at),
        )
        assert 0 < used <= 1 + 1e-9
        if not wait:
            passed.append(now)
    unshared = 1 if is_strict else int(times * COUNTED_ALONE) + 1
    for first in passed:
        within = sum(first <= at <= first + 3600 for at in passed)
        assert within <= 2 * times + 1 + processes * unshared


def test_a_quiet_key_gets_its_whole_room_and_then_waits_as_long_as_told() -> None:
    rate, bucket = rates.Rate(3, 60), rates.Bucket()

    def take(at: float) -> float:
        return rates.take(bucket, rate, now=at, is_strict=False, share=lambda taken: 0.0)[0]

    assert [take(0), take(0), take(0)] == [0, 0, 0]
    assert take(0) == pytest.approx(20)
    assert take(19.9) > 0
    assert take(20) == 0


@pytest.mark.django_db
def test_ordinary_use_and_floods_cost_no_statement_but_the_room_between_does(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    keys = {limits.Key.ADDRESS: "192.0.2.7"}
    with django_assert_num_queries(0):
        for _ in range(2):
            assert limits.require_room(TEN_AN_HOUR, keys, now=NOW).used <= COUNTED_ALONE
    with django_assert_num_queries(8):
        for _ in range(8):
            limits.require_room(TEN_AN_HOUR, keys, now=NOW)
    with django_assert_num_queries(0):
        for _ in range(100):
            with pytest.raises(TooMany) as refused:
                limits.require_room(TEN_AN_HOUR, keys, now=NOW)
    assert refused.value.values["retry_after"] == 360
    limits.require_room(TEN_AN_HOUR, keys, now=NOW + timedelta(seconds=360))


@pytest.mark.django_db
def test_another_process_knows_what_this_one_let_through() -> None:
    strict = limits.Policy("test.strict", {limits.Key.CONTACT: limits.Rate(3, 60)}, is_strict=True)
    keys = {limits.Key.CONTACT: "0812345678"}
    passed = 0
    for _ in range(12):
        limits.forget_everything()  # a new process
        with contextlib.suppress(TooMany):
            limits.require_room(strict, keys, now=NOW)
            limits.require_room(strict, keys, now=NOW)
            passed += 2
    # a process that ends takes with it what it let through last, never more
    assert passed <= 2 * 3


@pytest.mark.django_db
def test_keys_and_acts_are_counted_apart_and_unknown_keys_not_at_all() -> None:
    policy = limits.Policy(
        "test.keys", {limits.Key.ADDRESS: limits.Rate(1, 60), limits.Key.PERSON: limits.Rate(1, 60)}
    )
    limits.require_room(policy, {limits.Key.ADDRESS: "192.0.2.1"}, now=NOW)
    limits.require_room(policy, {limits.Key.ADDRESS: "192.0.2.2", limits.Key.PERSON: "7"}, now=NOW)
    limits.require_room(TEN_AN_HOUR, {limits.Key.ADDRESS: "192.0.2.1"}, now=NOW)
    for _ in range(3):
        limits.require_room(policy, {}, now=NOW)
    with pytest.raises(TooMany):
        limits.require_room(policy, {limits.Key.ADDRESS: "192.0.2.3", limits.Key.PERSON: "7"}, now=NOW)


@pytest.mark.django_db
def test_the_whole_site_can_have_a_limit() -> None:
    policy = limits.Policy("test.site", {limits.Key.ANYBODY: limits.Rate(1, 60)})
    limits.require_room(policy, {}, now=NOW)
    with pytest.raises(TooMany):
        limits.require_room(policy, {limits.Key.ADDRESS: "192.0.2.9"}, now=NOW)


@pytest.mark.django_db
def test_measuring_may_widen_the_room(settings: Settings) -> None:
    settings.LIMITS_FACTOR = 100
    for _ in range(500):
        limits.require_room(TEN_AN_HOUR, {limits.Key.ADDRESS: "192.0.2.7"}, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(("actor", "second_may"), [(ANONYMOUS, False), (Actor(person_id=5), False)])
def test_a_request_is_counted_by_its_address_behind_our_proxy(
    rf: RequestFactory, settings: Settings, actor: Actor, second_may: bool
) -> None:
    settings.TRUSTED_PROXIES = 1
    policy = limits.Policy("test.request", {limits.Key.ADDRESS: limits.Rate(1, 60)})
    # what stands left of the last address anybody may have written
    for number, forwarded in enumerate(["1.1.1.1, 198.51.100.4", "2.2.2.2, 198.51.100.4"]):
        request = rf.get("/", headers={"X-Forwarded-For": forwarded})
        request.actor = actor  # type: ignore[attr-defined]  # as the middleware does
        if number == 0:
            limits.require_room_for(request, policy, now=NOW)
        else:
            with pytest.raises(TooMany):
                limits.require_room_for(request, policy, now=NOW)


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "address"),
    [
        ("192.0.2.1", "", 0, "192.0.2.1"),
        ("192.0.2.1", "9.9.9.9", 0, "192.0.2.1"),
        ("10.0.0.1", "9.9.9.9, 192.0.2.5", 1, "192.0.2.5"),
        ("10.0.0.1", "9.9.9.9, 192.0.2.5, 10.0.0.2", 2, "192.0.2.5"),
        ("10.0.0.1", "192.0.2.5", 2, "10.0.0.1"),
        ("10.0.0.1", "", 1, "10.0.0.1"),
        ("10.0.0.1", "nonsense", 1, None),
        ("", "", 0, None),
        ("2001:db8::1", "", 0, "2001:db8::1"),
    ],
)
def test_only_what_our_own_proxies_saw_is_believed(
    remote: str, forwarded: str, proxies: int, address: str | None
) -> None:
    assert rates.client_address(remote, forwarded, proxies=proxies) == address


def test_a_subscriber_s_ipv6_addresses_count_as_one() -> None:
    assert rates.network_of("2001:db8:1:2::1") == rates.network_of("2001:db8:1:2:ffff::9")
    assert rates.network_of("2001:db8:1:2::1") != rates.network_of("2001:db8:1:3::1")
    assert rates.network_of("::ffff:192.0.2.1") == rates.network_of("192.0.2.1") == "192.0.2.1"


def test_the_memory_of_keys_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_KEYS", 10)
    for number in range(50):
        limits.require_room(TEN_AN_HOUR, {limits.Key.ADDRESS: f"192.0.2.{number}"}, now=NOW)
    assert len(limits._buckets) == 10
