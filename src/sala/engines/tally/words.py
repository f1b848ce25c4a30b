"""The sentences of a count in Thai and English, made from its data; nothing is decided here."""

from collections.abc import Mapping
from typing import Any, Literal

Language = Literal["th", "en"]

_SENTENCES: dict[str, dict[str, str]] = {
    "th": {
        "greedy": "มีผู้เลือก {votes} คน",
        "greedy-points": "มีผู้เลือก {votes} คน รวม {score} คะแนน",
        "greedy-free": "มีผู้เลือก {votes} คน และไม่ต้องใช้เงิน",
        "greedy-unwanted": "ไม่มีผู้เลือก ได้เพราะยังมีเงินเหลือ",
        "greedy-score": "มีผู้เลือก {votes} คน คุ้มค่า {score} คะแนนต่อเงินหนึ่งหน่วย",
        "equal-shares-free": "มีผู้เลือก {votes} คน และไม่ต้องใช้เงิน",
        "equal-shares": "ผู้สนับสนุน {in_full} คนออกเงินคนละ {price}",
        "equal-shares-all-in": "ผู้สนับสนุน {in_full} คนออกเงินคนละ {price} อีก {all_in} คนออกเท่าที่เหลืออยู่",
        "equal-shares-points": "ผู้สนับสนุน {in_full} คนออกเงินแต้มละ {price}",
        "equal-shares-points-all-in": ("ผู้สนับสนุน {in_full} คนออกเงินแต้มละ {price} อีก {all_in} คนออกเท่าที่เหลืออยู่"),
        "phragmen": "ผู้สนับสนุน {votes} คนออมเงินรวมกันครบเมื่อถึงคนละ {time}",
        "phragmen-unwanted": "ไม่มีผู้เลือก ได้เพราะยังมีเงินเหลือ",
        "over_money_left": "เงินเหลือ {left} ยังขาดอีก {missing}",
        "supporters_cannot_pay": "ส่วนแบ่งของผู้สนับสนุนเหลือรวมกัน {supporters_hold} ยังขาดอีก {missing}",
        "no_support": "ไม่มีผู้เลือก",
        "no_points": "มีผู้เลือก {votes} คน แต่ไม่ได้คะแนนเลย",
        "cost_over_budget": "ราคาสูงกว่าวงเงินทั้งหมด",
        "too_few_votes": "มีผู้เลือก {votes} คน ไม่ถึงเกณฑ์ {needed} คน",
        "too_low_score": "ได้ {score} คะแนน ไม่ถึงเกณฑ์ {needed}",
        "count_stopped": "การนับสิ้นสุดที่โครงการ {at} ก่อนถึงโครงการนี้",
        "counted_by": "นับด้วยกติกา {counted}",
        "published_rule": "ไฟล์บอกว่าใช้กติกา {rule} และนับตามนั้น",
        "published_rule_not": "ไฟล์บอกว่าใช้กติกา {rule} แต่การนับครั้งนี้ไม่ได้ใช้ หรือใช้ได้ไม่ครบทุกข้อ",
        "min_score": "ตัดโครงการที่ได้คะแนนไม่ถึง {needed} ตามเกณฑ์ที่ประกาศไว้",
        "min_score_asked": "ตัดโครงการที่ได้คะแนนไม่ถึง {needed} ตามที่ขอ",
        "min_score_not": "ไม่ได้ใช้เกณฑ์คะแนนขั้นต่ำ {needed} ที่ประกาศไว้",
        "places": "ลำดับที่หนึ่งได้ {first_place} คะแนน ลำดับถัดไปได้น้อยลงทีละหนึ่ง",
        "beyond_limit": "บัตร {ballots} ใบไม่เป็นไปตามเกณฑ์ {limit} {allowed} และยังนับอยู่",
        "twice": "บัตร {ballots} ใบเขียนโครงการเดียวกันซ้ำ นับเพียงครั้งเดียว",
        "not_applied": "มีเงื่อนไขที่ประกาศไว้แต่ไม่ได้ใช้นับ: {names}",
        "tie": "รอบที่ {round}: {projects} เท่ากันพอดี ลำดับที่ประกาศไว้ ({broken_by}) ให้ {chosen} มาก่อน",
        "title": "ผลการนับคะแนนงบประมาณแบบมีส่วนร่วม",
        "funded": "ได้รับงบประมาณ",
        "not_funded": "ไม่ได้รับงบประมาณ",
        "round": "รอบที่",
        "project": "โครงการ",
        "name": "ชื่อ",
        "cost": "ราคา",
        "why": "เพราะ",
        "total": "ได้ {winners} โครงการ ใช้เงิน {cost} จากวงเงิน {budget} เหลือ {left} มีผู้ลงคะแนน {voters} คน",
        "about": "แท่งทึบคือเงินที่ใช้ในรอบนั้น วางต่อจากรอบก่อน เส้นตั้งขวาสุดคือวงเงินทั้งหมด",
        "about_not": "แท่งโปร่งคือราคา ส่วนที่ระบายคือเงินที่มีให้โครงการนั้น",
    },
    "en": {
        "greedy": "{votes} voters chose it",
        "greedy-points": "{votes} voters chose it, {score} points in all",
        "greedy-free": "{votes} voters chose it, and it costs nothing",
        "greedy-unwanted": "nobody chose it; it fits the money left",
        "greedy-score": "{votes} voters chose it; {score} points per unit of money",
        "equal-shares-free": "{votes} voters chose it, and it costs nothing",
        "equal-shares": "{in_full} supporters pay {price} each",
        "equal-shares-all-in": "{in_full} supporters pay {price} each, {all_in} more give all they have left",
        "equal-shares-points": "{in_full} supporters pay {price} a point",
        "equal-shares-points-all-in": (
            "{in_full} supporters pay {price} a point, {all_in} more give all they have left"
        ),
        "phragmen": "its {votes} supporters could pay once each had earned {time}",
        "phragmen-unwanted": "nobody chose it; it fits the money left",
        "over_money_left": "{left} was left, {missing} too little",
        "supporters_cannot_pay": "its supporters hold {supporters_hold} of their shares, {missing} too little",
        "no_support": "nobody chose it",
        "no_points": "{votes} voters chose it, but it has no points",
        "cost_over_budget": "it costs more than the whole budget",
        "too_few_votes": "{votes} voters chose it; {needed} were needed",
        "too_low_score": "its score is {score}; {needed} was needed",
        "count_stopped": "the count ended at {at}, before this project",
        "counted_by": "Counted by: {counted}",
        "published_rule": "The file says it is counted by the rule {rule}; so it was.",
        "published_rule_not": "The file says it is counted by the rule {rule}; this count is not, or not in all.",
        "min_score": "Projects with a score below {needed} take no part, as published.",
        "min_score_asked": "Projects with a score below {needed} take no part, as asked.",
        "min_score_not": "The published least score of {needed} was not applied.",
        "places": "A first place gives {first_place} points, each further place one less.",
        "beyond_limit": "Ballots that break the published {limit} {allowed}, counted all the same: {ballots}",
        "twice": "Ballots that name a project more than once, where it counts once: {ballots}",
        "not_applied": "Published conditions that play no part in this count: {names}",
        "tie": "Round {round}: {projects} were exactly equal; the published order ({broken_by}) puts {chosen} first",
        "title": "Count of a participatory budget",
        "funded": "Funded",
        "not_funded": "Not funded",
        "round": "Round",
        "project": "Project",
        "name": "Name",
        "cost": "Cost",
        "why": "Why",
        "total": "{winners} projects for {cost} of {budget}; {left} left; {voters} voters",
        "about": "A full bar is the money of that round, set after the rounds before; the last line is the budget",
        "about_not": "An open bar is the cost; its filled part is the money there was for the project",
    },
}


def word(name: str, language: Language, **figures: object) -> str:
    """A word or sentence of the count, figures written with separators."""
    return _SENTENCES[language][name].format(**{key: _written(value) for key, value in figures.items()})


def tell_round(one: Mapping[str, Any], settings: Mapping[str, Any], language: Language) -> str:
    """Why the project of a reported round was funded."""
    name = str(one["phase"])
    if name != "phragmen" and one["cost"] == 0 < one["votes"]:
        return word(f"{name}-free", language, **one)
    if name == "greedy":
        name += _greedy_ending(one, settings)
    if name == "equal-shares":
        name += "-points" if settings["utility"] in ("points", "borda", "places") else ""
        name += "-all-in" if one["all_in"] else ""
    if name == "phragmen" and "time" not in one:
        name += "-unwanted"
    return word(name, language, **one)


def _greedy_ending(one: Mapping[str, Any], settings: Mapping[str, Any]) -> str:
    if one["votes"] == 0:
        return "-unwanted"
    if settings.get("rank_by") == "total":
        return "" if settings.get("utility") == "cardinality" else "-points"
    return "" if settings.get("utility") == "cost" or "score" not in one else "-score"


def tell_notes(report: Mapping[str, Any], language: Language) -> list[str]:
    """What a reader must know of how the count follows the published terms, a sentence each."""
    notes, settings = report["notes"], report["settings"]
    told = [word("counted_by", language, counted=_rule_words(settings))]
    if "published_rule" in notes:
        name = "published_rule" if notes["published_rule_is_followed"] else "published_rule_not"
        told.append(word(name, language, rule=notes["published_rule"]))
    if "min_score" in settings:
        asked = "published_min_score_not_applied" in notes
        told.append(word("min_score_asked" if asked else "min_score", language, needed=settings["min_score"]))
    if notes.get("published_min_score_not_applied"):
        needed = notes["published_min_score_not_applied"]
        told.append(word("min_score_not", language, needed=needed))
    if settings.get("utility") == "places":
        told.append(word("places", language, first_place=settings["first_place"]))
    told += [word("beyond_limit", language, **one) for one in notes.get("ballots_beyond_limits", [])]
    if "ballots_with_a_project_twice" in notes:
        told.append(word("twice", language, ballots=notes["ballots_with_a_project_twice"]))
    if "published_terms_not_applied" in notes:
        told.append(word("not_applied", language, names=", ".join(notes["published_terms_not_applied"])))
    return told


def _rule_words(settings: Mapping[str, Any]) -> str:
    """The settings that make the rule, in the words of the options."""
    names = ("rule", "utility", "completion", "rank_by", "overflow")
    return " ".join(str(settings[name]) for name in names if settings.get(name) not in (None, "none"))


def tell_refusal(one: Mapping[str, Any], language: Language) -> str:
    """Why a reported project was not funded."""
    return word(str(one["reason"]), language, **one)


def tell_tie(tie: Mapping[str, Any], language: Language) -> str:
    """Which projects were equal, and what decided."""
    return word("tie", language, **{**tie, "projects": ", ".join(tie["projects"])})


def tell_total(report: Mapping[str, Any], language: Language) -> str:
    """The count in one sentence."""
    return word("total", language, **{**report, "winners": len(report["winners"])})


def _written(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
