"""Plays the stories: each step by the action that people use, each at its own time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sala.commons.agencies.cast import People
from sala.commons.drafts.queries import Contact
from sala.core.actors import ANONYMOUS, Actor, Channel
from sala.services.lawmaking import actions
from sala.services.lawmaking.actions import Answering, Filed, Filing, Proof
from sala.services.lawmaking.demonstration.stories import Happening, Story
from sala.services.lawmaking.models import LegalQuestion
from sala.services.lawmaking.queries import question_due as due
from sala.services.lawmaking.rules.questions import Citation, Openness, Reason

NAMES = ("อารีย์ วงศ์สุข", "ธนา ศรีทอง", "พิมพ์ใจ แสงดาว", "เกรียงไกร มั่นคง", "รัตนา ใจงาม")
NOTE = "ตรวจแนวคำตอบเดิมของกองกฎหมายก่อนตอบ"


class Play:
    """Everything that happens to the stories; `step` plays one, `clock` does what the worker does."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._filed: dict[int, Filed] = {}
        self._steps: dict[str, Callable[[Story, dict[str, Any]], None]] = {
            name.removeprefix("_do_"): getattr(self, name) for name in dir(self) if name.startswith("_do_")
        }

    def step(self, happening: Happening) -> None:
        """Play one step of one story."""
        story, now = happening.story, happening.at
        if happening.step == "file":
            self._filed[story.number] = self._file(story, now)
            return
        self._steps[happening.step](story, {"now": now, "reference": self._filed[story.number].reference})

    def clock(self, now: datetime) -> None:
        """What the worker does by itself: tell what is late further up, keep words and counts."""
        for reference, level in list(due.list_late(now)):
            actions.escalate_question(now=now, reference=reference, level=level)
        for reference in list(due.list_outdated(now)):
            actions.refresh_standing(now=now, reference=reference)
        actions.keep_counts(now=now)

    def _file(self, story: Story, now: datetime) -> Filed:
        contact = Contact(name=NAMES[story.number % len(NAMES)], phone=f"08{story.number:08d}")
        filing = Filing(
            text=story.text,
            agency=story.agency,
            about_law=story.about_law,
            shown_name=story.shown_name,
            openness=Openness.AGENCY_ONLY if "ao" in story.how else Openness.PUBLIC,
            contact=contact,
            language="en" if "en" in story.how else "th",
        )
        filed = actions.file_question(actor=self._asker(story), now=now, filing=filing)
        if not filed.code:
            return filed
        # Whoever was given a slip opens it with its code, for staff never hold their secret.
        shared: dict[str, Any] = {"now": now, "reference": filed.reference, "code": filed.code}
        return replace(filed, key=actions.claim_question(actor=ANONYMOUS, **shared))

    def _asker(self, story: Story) -> Actor:
        if story.channel in ("phone", "counter", "paper"):
            return self._people.officer(story.agency).by(Channel(story.channel))
        return ANONYMOUS

    def _officer(self, at: dict[str, Any]) -> Actor:
        """Somebody of the office that has it now."""
        agencies = LegalQuestion.objects.values_list("matter__agency", flat=True)
        return self._people.officer(str(agencies.get(matter__reference=at["reference"])))

    def _own(self, story: Story) -> dict[str, Any]:
        return {"actor": ANONYMOUS, "proof": Proof(key=self._filed[story.number].key)}

    def _do_assign(self, story: Story, at: dict[str, Any]) -> None:
        officer = self._officer(at)
        actions.assign_question(actor=officer, officer_id=officer.person_id, **at)

    def _do_note(self, story: Story, at: dict[str, Any]) -> None:
        actions.add_note(actor=self._officer(at), text=NOTE, **at)

    def _do_ask(self, story: Story, at: dict[str, Any]) -> None:
        actions.ask_person(actor=self._officer(at), text=story.more.partition(" // ")[0], **at)

    def _do_explain(self, story: Story, at: dict[str, Any]) -> None:
        actions.explain_question(text=story.more.partition(" // ")[2], **self._own(story), **at)

    def _do_rest(self, story: Story, at: dict[str, Any]) -> None:
        actions.let_rest(**at)

    def _do_pass(self, story: Story, at: dict[str, Any]) -> None:
        actions.pass_question_on(actor=self._officer(at), agency=story.argument, reason=story.more, **at)

    def _do_answer(self, story: Story, at: dict[str, Any]) -> None:
        actions.answer_question(actor=self._officer(at), answering=_answering(story, story.answer), **at)

    def _do_answer_more(self, story: Story, at: dict[str, Any]) -> None:
        words = story.more.partition(" // ")[2]
        actions.answer_question(actor=self._officer(at), answering=_answering(story, words), **at)

    def _do_revise(self, story: Story, at: dict[str, Any]) -> None:
        actions.revise_answer(actor=self._officer(at), answering=_answering(story, story.more), **at)

    def _do_follow_up(self, story: Story, at: dict[str, Any]) -> None:
        actions.follow_up_question(text=story.more.partition(" // ")[0], **self._own(story), **at)

    def _do_remind(self, story: Story, at: dict[str, Any]) -> None:
        actions.remind_office(**self._own(story), **at)

    def _do_decline(self, story: Story, at: dict[str, Any]) -> None:
        reason = Reason(story.argument)
        actions.decline_question(actor=self._officer(at), reason=reason, text=story.answer, **at)

    def _do_before(self, story: Story, at: dict[str, Any]) -> None:
        earlier = self._filed[int(story.argument)].reference
        shared: dict[str, Any] = {"reason": Reason.ANSWERED_BEFORE, "text": story.answer, "earlier": earlier}
        actions.decline_question(actor=self._officer(at), **shared, **at)

    def _do_withdraw(self, story: Story, at: dict[str, Any]) -> None:
        actions.withdraw_question(**self._own(story), **at)


def _answering(story: Story, words: str) -> Answering:
    return Answering(words, tuple(Citation(law, section) for law, section in story.laws))
