"""An opinion map as plain data: the JSON that pages, files and people read. Same votes, same bytes."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson

from sala.engines.opinions.comments import Comment, as_id
from sala.engines.opinions.drawing import Before, OpinionGroup, OpinionMap
from sala.engines.opinions.grouping import GroupHistory
from sala.engines.opinions.statements import Figure, SideFigures, figures
from sala.engines.opinions.votes import BadVotesError

FORMAT = "sala-opinion-map"
VERSION = 1
PEOPLE_PER_PART = 20_000
PLACES = 6  # decimals of coordinates
DIGITS = 9  # decimals of shares and tests


def to_document(drawn: OpinionMap) -> dict[str, Any]:
    """The whole map as one dictionary of plain values; docs/rules/opinion-map.md tells each field."""
    return {**_head(drawn), "participants": list(_people(drawn, 0, len(drawn.labels))), **_body(drawn)}


def write_document(drawn: OpinionMap) -> Iterator[bytes]:
    """The same as JSON in UTF-8, part by part, so that a large map is never held twice."""
    yield orjson.dumps(_head(drawn))[:-1] + b',"participants":['
    for start in range(0, len(drawn.labels), PEOPLE_PER_PART):
        part = orjson.dumps(list(_people(drawn, start, start + PEOPLE_PER_PART)))[1:-1]
        yield part if start == 0 else b"," + part
    yield b"]," + orjson.dumps(_body(drawn))[1:] + b"\n"


def read_before(text: bytes) -> Before:
    """What an earlier map (its JSON) hands on to the next one. Raises BadVotesError where it is not a map."""
    try:
        found = orjson.loads(text)
        history = found["history"]
        groups = {as_id(one["id"]): one["group"] for one in found["participants"] if one["group"] is not None}
        return Before(GroupHistory(int(history["last"]), int(history["run"]), int(history["shown"])), groups)
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as problem:
        raise BadVotesError(
            "the earlier map is not the JSON that `sala opinions map --json` writes"
        ) from problem


def group_name(number: int) -> str:
    """A, B, C …; letters say nothing of what a group thinks."""
    return chr(ord("A") + number) if number < 26 else f"A{number}"


def _head(drawn: OpinionMap) -> dict[str, Any]:
    people, statements = drawn.votes.shape
    return {
        "format": FORMAT,
        "version": VERSION,
        "people": people,
        "statements_voted_on": statements,
        "votes": len(drawn.votes.values),
    }


def _people(drawn: OpinionMap, start: int, end: int) -> Iterator[dict[str, Any]]:
    ids = drawn.votes.participants[start:end].tolist()
    places = (np.round(drawn.projection.places[start:end], PLACES) + 0.0).tolist()
    for person, (x, y), group in zip(ids, places, drawn.labels[start:end].tolist(), strict=True):
        yield {"id": person, "x": x, "y": y, "group": group if group >= 0 else None}


def _body(drawn: OpinionMap) -> dict[str, Any]:
    return {
        "groups": [_group(drawn, group) for group in drawn.groups],
        "consensus": _consensus(drawn),
        "statements": list(_statements(drawn)),
        "stability": _stability(drawn),
        "left_out": _left_out(drawn),
        "axes": {
            "explained": [_number(share) for share in drawn.projection.explained],
            "silhouettes": {str(count): _number(width) for count, width in drawn.silhouettes.items()},
        },
        "history": {
            "last": drawn.history.last,
            "run": drawn.history.run,
            "shown": drawn.history.shown,
        },
        "settings": {
            "groups": drawn.settings.groups,
            "least_votes": drawn.settings.least_votes,
            "least_group": drawn.settings.least_group,
            "rounds": drawn.settings.rounds,
        },
    }


def _group(drawn: OpinionMap, group: OpinionGroup) -> dict[str, Any]:
    return {
        "id": group.number,
        "name": group_name(group.number),
        "size": group.size,
        "suppressed": group.is_suppressed,
        "x": None if group.is_suppressed else _number(group.middle[0]),
        "y": None if group.is_suppressed else _number(group.middle[1]),
        "representative": [_figure(drawn, figure) for figure in group.representative],
    }


def _figure(drawn: OpinionMap, figure: Figure) -> dict[str, Any]:
    told: dict[str, Any] = {
        "statement": _id(drawn, figure.statement),
        "text": _text(drawn, figure.statement),
        "for": figure.side,
        "n_success": figure.count,
        "n_trials": figure.seen,
        "p_success": _number(figure.share),
        "p_test": _number(figure.share_test),
    }
    if figure.ratio is not None and figure.ratio_test is not None:
        told |= {"repness": _number(figure.ratio), "repness_test": _number(figure.ratio_test)}
        told["best_agree"] = figure.is_best_agree
    return told


def _consensus(drawn: OpinionMap) -> dict[str, Any]:
    agree, disagree = drawn.consensus.all_groups_agree, drawn.consensus.all_groups_disagree
    kept = np.flatnonzero(drawn.consensus.seen_by_all_groups)
    order = kept[np.argsort(-agree[kept], kind="stable")]
    return {
        "agree": [_figure(drawn, figure) for figure in drawn.consensus.agree],
        "disagree": [_figure(drawn, figure) for figure in drawn.consensus.disagree],
        "group_aware": [
            {
                "statement": _id(drawn, int(one)),
                "text": _text(drawn, int(one)),
                "agree": _number(agree[one]),
                "disagree": _number(disagree[one]),
            }
            for one in order
        ],
    }


def _statements(drawn: OpinionMap) -> Iterator[dict[str, Any]]:
    agree, disagree = figures(drawn.counts, "agree"), figures(drawn.counts, "disagree")
    shown = [group.number for group in drawn.groups if not group.is_suppressed]
    everybody = drawn.everybody
    for one in range(drawn.votes.shape[1]):
        agreed, disagreed = int(everybody.agree[0, one]), int(everybody.disagree[0, one])
        seen = int(everybody.seen[0, one])
        yield {
            "id": _id(drawn, one),
            "text": _text(drawn, one),
            "counted": bool(drawn.kept[one]),
            "x": _number(drawn.projection.axes[0, one]),
            "y": _number(drawn.projection.axes[1, one]),
            "n_agree": agreed,
            "n_disagree": disagreed,
            "n_pass": seen - agreed - disagreed,
            "n_seen": seen,
            "groups": [_cell(drawn, agree, disagree, group, one) for group in shown],
        }


def _cell(
    drawn: OpinionMap, agree: SideFigures, disagree: SideFigures, group: int, one: int
) -> dict[str, Any]:
    at = group, one
    seen = int(drawn.counts.seen[at])
    cell: dict[str, Any] = {"group": group, "n_seen": seen}
    for name, side in (("agree", agree), ("disagree", disagree)):
        cell |= {
            f"n_{name}": int(side.count[at]),
            f"p_{name}": _number(side.share[at]),
            f"p_{name}_test": _number(side.share_test[at]),
            f"rep_{name}": _number(side.ratio[at]),
            f"rep_{name}_test": _number(side.ratio_test[at]),
        }
    return cell


def _stability(drawn: OpinionMap) -> dict[str, Any] | None:
    found = drawn.stability
    if found is None:
        return None
    return {
        "mean": _number(found.mean),
        "lowest_tenth": _number(found.lowest_tenth),
        "groups": [None if one is None else _number(one) for one in found.of_groups],
        "rounds": found.rounds,
        "people_per_round": found.people,
    }


def _left_out(drawn: OpinionMap) -> dict[str, Any]:
    voted_on = {as_id(one) for one in drawn.votes.statements.tolist()}
    excluded = [as_id(drawn.votes.statements[one]) for one in np.flatnonzero(~drawn.kept)]
    small = [group.number for group in drawn.groups if group.is_suppressed]
    moderated = [one for one in excluded if drawn.comments[one].is_moderated_out]
    return {
        "participants_without_group": int((drawn.labels < 0).sum()),
        "least_votes": drawn.settings.least_votes,
        "statements_moderated_out": moderated,
        "statements_about_the_conversation": [one for one in excluded if one not in set(moderated)],
        "statements_seen_too_little_by_a_group": [
            as_id(drawn.votes.statements[one])
            for one in np.flatnonzero(drawn.kept & ~drawn.consensus.seen_by_all_groups)
        ],
        "comments_without_votes": [one for one in drawn.comments if one not in voted_on],
        "votes_replaced_by_later_votes": drawn.votes.repeats,
        "groups_too_small_to_show": small,
        "least_group": drawn.settings.least_group,
        "why": _why(drawn, small),
    }


def _why(drawn: OpinionMap, small: list[int]) -> list[str]:
    told = []
    if (drawn.labels < 0).any():
        told.append(
            f"Who cast fewer than {drawn.settings.least_votes} votes is drawn but placed in no group."
        )
    if not drawn.kept.all():
        told.append("Statements moderated out or about the conversation count as passed by everybody.")
    if (drawn.kept & ~drawn.consensus.seen_by_all_groups).any():
        told.append(
            "A statement that too few people of some group voted on is not listed as shared by all groups."
        )
    if small:
        told.append(
            f"Groups of fewer than {drawn.settings.least_group} people have no figures of their own, "
            "so that nobody's votes can be read from them."
        )
    return told


def _id(drawn: OpinionMap, statement: int) -> int | str:
    found: int | str = drawn.votes.statements[statement].item()
    return found


def _text(drawn: OpinionMap, statement: int) -> str | None:
    comment: Comment | None = drawn.comments.get(as_id(_id(drawn, statement)))
    return comment.text if comment else None


def _number(value: float) -> float:
    return round(float(value), DIGITS) + 0.0  # + 0.0 turns -0.0 into 0.0
