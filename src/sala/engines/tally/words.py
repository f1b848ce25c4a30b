"""The sentences of a count in Thai and English, made from its data; nothing is decided here."""

from collections.abc import Mapping
from typing import Any, Literal

Language = Literal["th", "en"]

_SENTENCES: dict[str, dict[str, str]] = {
    "th": {
        "greedy": "มีผู้เลือก {votes} คน",
        "greedy-score": "มีผู้เลือก {votes} คน คุ้มค่า {score} คะแนนต่อเงินหนึ่งหน่วย",
        "equal-shares": "ผู้สนับสนุน {in_full} คนออกเงินคนละ {price}",
        "equal-shares-all-in": "ผู้สนับสนุน {in_full} คนออกเงินคนละ {price} อีก {all_in} คนออกเท่าที่เหลืออยู่",
        "equal-shares-points": "ผู้สนับสนุน {in_full} คนออกเงินแต้มละ {price}",
        "equal-shares-points-all-in": ("ผู้สนับสนุน {in_full} คนออกเงินแต้มละ {price} อีก {all_in} คนออกเท่าที่เหลืออยู่"),
        "phragmen": "ผู้สนับสนุน {votes} คนออมเงินรวมกันครบเมื่อถึงคนละ {time}",
        "phragmen-unwanted": "ไม่มีผู้เลือก ได้เพราะยังมีเงินเหลือ",
        "over_money_left": "เงินเหลือ {left} ยังขาดอีก {missing}",
        "supporters_cannot_pay": "ส่วนแบ่งของผู้สนับสนุนเหลือรวมกัน {supporters_hold} ยังขาดอีก {missing}",
        "no_support": "ไม่มีผู้เลือก",
        "cost_over_budget": "ราคาสูงกว่าวงเงินทั้งหมด",
        "too_few_votes": "มีผู้เลือก {votes} คน ไม่ถึงเกณฑ์ {needed} คน",
        "count_stopped": "การนับสิ้นสุดที่โครงการ {at} ก่อนถึงโครงการนี้",
        "tie": "รอบที่ {round}: {projects} เท่ากันพอดี ลำดับที่ประกาศไว้ ({broken_by}) ให้ {chosen} มาก่อน",
        "title": "ผลการนับคะแนนงบประมาณแบบมีส่วนร่วม",
        "funded": "ได้รับงบประมาณ",
        "not_funded": "ไม่ได้รับงบประมาณ",
        "round": "รอบที่",
        "project": "โครงการ",
        "cost": "ราคา",
        "why": "เพราะ",
        "total": "ได้ {winners} โครงการ ใช้เงิน {cost} จากวงเงิน {budget} เหลือ {left} มีผู้ลงคะแนน {voters} คน",
        "about": "แท่งทึบคือเงินที่ใช้ในรอบนั้น วางต่อจากรอบก่อน เส้นตั้งขวาสุดคือวงเงินทั้งหมด",
        "about_not": "แท่งโปร่งคือราคา ส่วนที่ระบายคือเงินที่มีให้โครงการนั้น",
    },
    "en": {
        "greedy": "{votes} voters chose it",
        "greedy-score": "{votes} voters chose it; {score} points per unit of money",
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
        "cost_over_budget": "it costs more than the whole budget",
        "too_few_votes": "{votes} voters chose it; {needed} were needed",
        "count_stopped": "the count ended at {at}, before this project",
        "tie": "Round {round}: {projects} were exactly equal; the published order ({broken_by}) puts {chosen} first",
        "title": "Count of a participatory budget",
        "funded": "Funded",
        "not_funded": "Not funded",
        "round": "Round",
        "project": "Project",
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
    if name == "greedy" and settings.get("utility") != "cost" and "score" in one:
        name += "-score"
    if name == "equal-shares":
        name += "-points" if settings["utility"] in ("points", "borda") else ""
        name += "-all-in" if one["all_in"] else ""
    if name == "phragmen" and "time" not in one:
        name += "-unwanted"
    return word(name, language, **one)


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
