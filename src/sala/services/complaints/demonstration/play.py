"""Plays the stories: each step by the action that people use, each at its own time."""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle

from sala.commons.agencies import queries as agencies
from sala.commons.agencies.cast import People
from sala.commons.drafts import actions as drafts
from sala.commons.files.actions import keep_own
from sala.commons.identity import actions as identity
from sala.commons.identity.actions.looks import Subject
from sala.commons.participation import actions as participation
from sala.commons.places import queries as places
from sala.core.actors import Actor
from sala.core.clock import BANGKOK
from sala.platform.package_tables import Row
from sala.services.complaints import actions
from sala.services.complaints.demonstration.pictures import SCENES, draw_picture
from sala.services.complaints.demonstration.stories import SEED, Happening, Story
from sala.services.complaints.queries import Contact, get_complaint, watch
from sala.services.complaints.queries.appeals import find_waiting

NO_MANDATE = "ยังไม่มีหน่วยงานใดมีอำนาจตามกฎหมายในพื้นที่นี้โดยตรง ขอรับดูแลไว้ก่อน"

NAMES = (
    "สมศรี บุญมา",
    "อำนวย ศรีสุข",
    "จินตนา แก้วใส",
    "บุญเลิศ คำแสน",
    "ลำดวน จันทร์หอม",
    "สุชาติ พรมดี",
    "นงลักษณ์ ทองสุก",
    "ประเสริฐ อินทร์แก้ว",
    "วันเพ็ญ สายบัว",
    "ธงชัย มีสุข",
)


class Told:
    """One complaint that is there: its reference, its person's secret, who owns it, which words are left."""

    def __init__(self, story: Story, number: int, filed: actions.Filed, person_id: int | None) -> None:
        self.story, self.number, self.person_id = story, number, person_id
        self.reference, self.key = filed.reference, filed.key
        self.owners = [filed.agency]
        self.topic = story.topic
        self.words = list(story.words)
        self.joined = 0

    @property
    def about(self) -> str:
        """Which ready words fit: those about a thing that is mended, or those about people and papers."""
        return "thing" if SCENES.get(self.topic, "car") not in ("car", "smoke") else ""

    @property
    def owner(self) -> str:
        """The agency that owns it now."""
        return self.owners[-1]


class Play:
    """Everything that happens to the stories; `step` plays one, `clock` does what the worker does every day."""

    def __init__(self, stories: list[Story], words: list[Row], people: People) -> None:
        self._stories, self._people = stories, people
        self._told: dict[int, Told] = {}
        self._chance = random.Random(SEED)  # noqa: S311  # content, not secrets
        pools = defaultdict(list)
        for _, row in words:
            pools[row["kind"], row["about"]].append(row["text"])
        self._pools = {key: cycle(texts) for key, texts in pools.items()}
        self._plays: dict[str, Callable[[Told, Actor, datetime, str], None]] = {
            name.removeprefix("_do_"): getattr(self, name) for name in dir(self) if name.startswith("_do_")
        }

    def step(self, happening: Happening) -> None:
        """Play one step of one story."""
        if happening.name == "file":
            self._file(happening)
            return
        told = self._told[happening.story]
        officer = self._people.officer(told.owner)
        self._plays[happening.name](told, officer, happening.at, happening.argument)

    def clock(self, now: datetime) -> None:
        """What the worker does by itself: tell further up what is late, close what nobody confirmed."""
        for late in list(watch.list_late(now)):
            actions.escalate_complaint(now=now, reference=late.reference, level=late.level, cause=late.cause)
        for reference in watch.list_unconfirmed(now):
            actions.lapse_confirmation(now=now, reference=reference)

    def _file(self, happening: Happening) -> None:
        story, number, now = self._stories[happening.story], happening.story, happening.at
        actor = self._people.complainant(story.how, story.channel)
        point = self._point(story)
        happened = (now - timedelta(days=self._chance.choice((0, 0, 1, 2)))).astimezone(BANGKOK).date()
        filing = actions.Filing(
            text=story.text,
            topic="" if "guess" in story.how else story.topic,
            privacy=actions.Privacy(story.privacy),
            area=story.area,
            place=story.place,
            latitude=point[0] if point else None,
            longitude=point[1] if point else None,
            happened_on=happened if number % 3 else None,
            contact=contact(number, story.channel, is_known=actor.is_signed_in and story.channel == "web"),
            draft_token=self._photograph(story, actor, number, now) if "pic" in story.how else "",
            is_suspect=story.is_spam,
        )
        filed = self._opened(actions.file_complaint(actor=actor, now=now, filing=filing), now)
        person_id = actor.person_id if story.channel == "web" else None
        self._told[number] = Told(story, number, filed, person_id)

    def _opened(self, filed: actions.Filed, now: datetime) -> actions.Filed:
        """As the person has it: whoever was given a slip opens it with its code, for staff never hold their secret."""
        if not filed.code:
            return filed
        stranger = self._people.complainant(frozenset(), "web")
        key = actions.claim_complaint(actor=stranger, now=now, reference=filed.reference, code=filed.code)
        return replace(filed, key=key)

    def _point(self, story: Story) -> tuple[float, float] | None:
        """A point near the middle of the area, the same for the same place; none where no place was told."""
        area = places.find_area(story.area)
        if area is None or area.latitude is None or area.longitude is None or not story.place:
            return None
        spot = random.Random(" ".join(story.place.split()[:2]))  # noqa: S311  # a place, not a secret
        return area.latitude + spot.uniform(-0.006, 0.006), area.longitude + spot.uniform(-0.006, 0.006)

    def _photograph(self, story: Story, actor: Actor, number: int, now: datetime) -> str:
        token = drafts.save_draft(
            kind="complaint", actor=actor, now=now, token="", answers={"text": story.text}
        )
        drawn = draw_picture(story.topic, is_mended=False, number=number)
        drafts.attach_to_draft(actor=actor, now=now, token=token, kept=keep_own(drawn))
        return token

    def _say(self, told: Told, kind: str, about: str = "") -> str:
        """The story's own next words, else the next of the pool."""
        return told.words.pop(0) if told.words else next(self._pools[kind, about])

    def _do_join(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        told.joined += 1
        person = self._people.complainant(frozenset(), "web")
        mark = f"{told.number} {told.joined}"
        actions.join_complaint(actor=person, now=now, reference=told.reference, mark=mark)
        participation.fold_changes(now=now)

    def _do_look(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        identity.record_access(
            actor=officer,
            agency=told.owner,
            purpose="handle_complaint",
            subjects=[Subject(person_id=told.person_id, matter=told.reference)],
            now=now,
        )

    def _do_route(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        self._do_look(told, officer, now, argument)
        on = now.astimezone(BANGKOK).date()
        found = agencies.candidates(topic=told.topic, area=told.story.area or None, on=on)
        best = found[0].mandate.agency if found and told.story.privacy != "confidential" else told.owner
        agency = told.story.flag("to:") or best
        actions.route_complaint(
            actor=officer,
            now=now,
            reference=told.reference,
            topic=told.topic,
            agency=agency,
            reason=NO_MANDATE if agency not in {c.mandate.agency for c in found} else "",
        )
        told.owners.append(agency)

    def _do_assign(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        desks = agencies.desks_of(told.owner)
        desk = self._chance.choice(desks).pk if desks else None
        actions.assign_complaint(
            actor=officer, now=now, reference=told.reference, desk_id=desk, officer_id=officer.person_id
        )

    def _do_start(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        actions.start_work(actor=officer, now=now, reference=told.reference)

    def _do_reply(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        text = next(self._pools["reply", told.about])
        actions.reply_to_person(actor=officer, now=now, reference=told.reference, text=text)

    def _do_note(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        text = next(self._pools["note", told.about])
        actions.add_note(actor=officer, now=now, reference=told.reference, text=text)

    def _do_ask(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        text = self._say(told, "ask")
        actions.reply_to_person(actor=officer, now=now, reference=told.reference, text=text, asks=True)

    def _do_pause(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        reason = actions.PauseReason(argument)
        words = self._say(told, "pause")
        actions.pause_clock(actor=officer, now=now, reference=told.reference, reason=reason, words=words)

    def _do_resume(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        actions.resume_clock(actor=officer, now=now, reference=told.reference)

    def _do_forward(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        reason = self._say(told, "forward")
        actions.forward_complaint(
            actor=officer, now=now, reference=told.reference, agency=argument, reason=reason
        )
        told.owners.append(argument)

    def _do_hand_back(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        reason = self._say(told, "hand_back")
        actions.hand_back_complaint(actor=officer, now=now, reference=told.reference, reason=reason)
        told.owners.append(told.owners[-2])

    def _do_share(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        reason = self._say(told, "share")
        actions.share_complaint(
            actor=officer, now=now, reference=told.reference, agency=argument, reason=reason
        )

    def _do_split(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        reason, text = self._say(told, "split"), self._say(told, "split")
        actions.split_complaint(
            actor=officer,
            now=now,
            reference=told.reference,
            agency=argument,
            topic=told.topic,
            text=text,
            reason=reason,
        )

    def _do_resolve(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        if told.topic in SCENES:
            drawn = draw_picture(told.topic, is_mended=True, number=told.number + 1000 * len(told.words))
            kept = keep_own(drawn)
            actions.attach_evidence(actor=officer, now=now, reference=told.reference, kept=kept)
        text = self._say(told, "resolve", told.topic)
        actions.resolve_complaint(actor=officer, now=now, reference=told.reference, text=text)

    def _do_confirm(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        actions.confirm_resolution(
            actor=self._people.complainant(frozenset(), "web"),
            now=now,
            reference=told.reference,
            proof=actions.Proof(key=told.key),
            rating=int(argument),
            words=next(self._pools["rating", argument]),
        )

    def _do_answer(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        actions.answer_question(
            actor=self._people.complainant(frozenset(), "web"),
            now=now,
            reference=told.reference,
            text=self._say(told, "answer"),
            proof=actions.Proof(key=told.key),
        )

    def _do_reopen(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        actions.reopen_complaint(
            actor=self._people.complainant(frozenset(), "web"),
            now=now,
            reference=told.reference,
            text=self._say(told, "reopen"),
            proof=actions.Proof(key=told.key),
        )

    def _do_appeal(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        actions.appeal(
            actor=self._people.complainant(frozenset(), "web"),
            now=now,
            reference=told.reference,
            text=self._say(told, "appeal"),
            proof=actions.Proof(key=told.key),
        )

    def _do_rule(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        waiting = find_waiting(get_complaint(told.reference))
        actions.decide_appeal(
            actor=self._people.head(waiting.agency if waiting else told.owner),
            now=now,
            reference=told.reference,
            is_upheld=argument == "upheld",
            text=self._say(told, "rule"),
        )

    def _do_reject(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        actions.reject_complaint(
            actor=officer,
            now=now,
            reference=told.reference,
            reason=actions.RejectionReason(argument),
            text=self._say(told, "reject"),
        )

    def _do_mask(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        text = self._say(told, "mask")
        actions.mask_text(actor=self._people.moderator(), now=now, reference=told.reference, public_text=text)

    def _do_release(self, told: Told, officer: Actor, now: datetime, argument: str) -> None:
        actions.release_complaint(actor=self._people.moderator(), now=now, reference=told.reference)


def contact(number: int, channel: str, *, is_known: bool) -> Contact:
    """An invented way to reach who filed story `number`; half of those on the web leave none."""
    if is_known or (channel in ("web", "api") and number % 2):
        return Contact()
    name = NAMES[number % len(NAMES)]
    return Contact(name=name, phone=f"08{number % 10}-000-{1000 + number * 7 % 9000}")
