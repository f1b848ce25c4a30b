"""Cardinal's eleven restated plainly, a process at a time, from what its source does (open-contracting/cardinal-rs).

Slow and without SQL, for comparison only. Where Sala differs on purpose the comment says so.
"""

from collections import defaultdict
from fractions import Fraction
from math import copysign, floor, nan
from typing import Any

from sala.engines.indicators.settings import Settings
from sala.engines.indicators.tables import moment

Json = dict[str, Any]
DAY = 86_400 * 1_000_000


def kind(value: Any, wanted: type) -> Any:
    """The value if it is of the wanted type, else None."""
    return value if isinstance(value, wanted) and not isinstance(value, bool) else None


def at(value: Any, *steps: str) -> Any:
    """What stands at the end of a path of objects."""
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def entries(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def names(organizations: Any) -> list[str]:
    return [name for one in entries(organizations) if (name := kind(at(one, "id"), str)) is not None]


def lone(organizations: Any) -> str | None:
    """The one organization of a list of one."""
    return kind(at(organizations[0], "id"), str) if len(entries(organizations)) == 1 else None


def price(bid: Any) -> tuple[float, str] | None:
    amount, currency = at(bid, "value", "amount"), kind(at(bid, "value", "currency"), str)
    if currency is None or isinstance(amount, bool) or not isinstance(amount, int | float):
        return None
    return float(amount), currency


def quantile(values: list[float], share: float) -> float:
    """R-8, as statrs computes it."""
    if not values:
        return nan
    values = sorted(values)
    place = (len(values) + 1 / 3) * share + 1 / 3
    if floor(place) <= 0:
        return values[0]
    if floor(place) >= len(values):
        return values[-1]
    below, above = values[floor(place) - 1], values[floor(place)]
    return below + (place - floor(place)) * (above - below)


def fence(values: list[float], side: int) -> tuple[float, float, float]:
    """Both quartiles and the lower (-1) or upper (1) fence, rounded once."""
    q1, q3 = quantile(values, 0.25), quantile(values, 0.75)
    if not values:
        return q1, q3, nan
    start = q1 if side < 0 else q3
    return q1, q3, float(Fraction(start) + Fraction(3 * side, 2) * Fraction(q3 - q1))


def rounded(value: float) -> float | None:
    if value != value:
        return None
    shifted = abs(value) * 10_000
    return copysign((floor(shifted) + (shifted - floor(shifted) >= 0.5)) / 10_000, value)


class Cardinal:
    """One run over compiled releases; `results`, `meta` and `maps` are what the command prints."""

    def __init__(self, processes: list[Any], settings: Settings) -> None:
        self.settings, self.on = settings, set(settings.enabled)
        self.results: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
        self.meta: dict[str, dict[str, float | None]] = defaultdict(dict)
        self.maps: dict[str, dict[str, Any]] = {
            f"ocid_{name}": {}
            for name in (
                "buyer_r038",
                "procuringentity_r038",
                "tenderer",
                *(f"tenderer_{code}" for code in ("r024", "r028", "r030", "r035", "r058")),
            )
        }
        self.currency = settings.text("", "currency")
        self.gaps: dict[str, tuple[float, str, str]] = {}
        self.tried: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.out: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
        self.kinds: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
        for process in processes:
            if self.looked_at(process):
                self.look(process, process["ocid"])
        self.finish()

    def looked_at(self, process: Any) -> bool:
        ocid = kind(at(process, "ocid"), str)
        excluded = self.settings.listed("exclusions", "procurement_method_details")
        details = kind(at(process, "tender", "procurementMethodDetails"), str)
        return ocid is not None and at(process, "tender", "status") != "cancelled" and details not in excluded

    def compared(self, process: Json) -> bool:
        details = kind(at(process, "tender", "procurementMethodDetails"), str)
        only = self.settings.listed("", "price_comparison_procurement_methods")
        never = self.settings.listed("", "no_price_comparison_procurement_methods")
        return details in only if only else details not in never

    def flag(self, group: str, name: str, code: str, value: float) -> None:
        self.results[group][name][code] = value

    def because(self, code: str, ocid: str, people: set[str], score: float) -> None:
        for name in people:
            self.flag("Tenderer", name, code, score)
            self.maps[f"ocid_tenderer_{code.lower()}"].setdefault(ocid, set()).add(name)

    def ours(self, found: tuple[float, str] | None) -> bool:
        if found is None:
            return False
        self.currency = self.currency or found[1]
        return found[1] == self.currency

    def look(self, process: Json, ocid: str) -> None:
        tender = kind(at(process, "tender"), dict) or {}
        self.bids = entries(at(process, "bids", "details"))
        self.has_bids = isinstance(at(process, "bids", "details"), list)
        self.handed_in = [
            bid
            for bid in self.bids
            if kind(at(bid, "status"), str) is not None and bid["status"] not in ("invited", "withdrawn")
        ]
        if {"R025", "R038", "R048"} & self.on:
            for bid in self.handed_in:
                for name in names(at(bid, "tenderers")):
                    self.maps["ocid_tenderer"].setdefault(ocid, set()).add(name)
        if {"R024", "R058"} & self.on and self.compared(process):
            self.gap(process, ocid)
        for code in self.settings.enabled:
            getattr(self, f"look_{code.lower()}", lambda *_: None)(process, ocid, tender)

    def complete(self, process: Json) -> list[Any] | None:
        """The active awards, where all with a status are final."""
        awards = at(process, "awards")
        if not isinstance(awards, list) or not self.has_bids:
            return None
        statuses = [kind(at(award, "status"), str) for award in awards]
        if any(one not in (None, "active", "cancelled", "unsuccessful") for one in statuses):
            return None
        return [award for award, status in zip(awards, statuses, strict=True) if status == "active"]

    def winner(self, process: Json) -> str | None:
        awards = self.complete(process)
        return lone(at(awards[0], "suppliers")) if awards is not None and len(awards) == 1 else None

    def gap(self, process: Json, ocid: str) -> None:
        winner = self.winner(process)
        if winner is None:
            return
        won: list[float] = []
        others: list[tuple[float, str]] = []
        for bid in self.bids:
            name = lone(at(bid, "tenderers"))
            if at(bid, "status") == "valid" and name is not None and self.ours(price(bid)):
                amount = price(bid)[0]
                won.append(amount) if name == winner else others.append((amount, name))
        if not won or not others:
            return
        amount, loser = min(others, key=lambda other: other[0])
        # Cardinal divides by a winning bid of zero; Sala leaves it out.
        if amount >= min(won) and min(won) != 0:
            self.gaps[ocid] = ((amount - min(won)) / min(won), winner, loser)

    def look_r003(self, process: Json, ocid: str, tender: Json) -> None:
        methods = self.settings.listed("R003", "procurement_methods")
        start, end = (moment(at(tender, "tenderPeriod", key)) for key in ("startDate", "endDate"))
        if (
            start is None
            or end is None
            or (methods and kind(at(tender, "procurementMethod"), str) not in methods)
        ):
            return
        days = int(Fraction(end - start, DAY))
        special = self.settings.sections.get("R003.procurement_method_details", {})
        details = kind(at(tender, "procurementMethodDetails"), str)
        if days < float(special.get(details, self.settings.number("R003", "threshold"))):
            self.flag("OCID", ocid, "R003", 1.0)

    def look_r018(self, process: Json, ocid: str, tender: Json) -> None:
        methods = self.settings.listed("R018", "procurement_methods", "open|selective")
        if methods and kind(at(tender, "procurementMethod"), str) not in methods:
            return
        count = at(tender, "numberOfTenderers")
        if isinstance(count, bool) or not isinstance(count, int | float):
            # Cardinal stops here; Sala counts the bidders.
            count = len({name for bid in self.handed_in for name in names(at(bid, "tenderers"))})
        if count == 1:
            self.flag("OCID", ocid, "R018", 1.0)

    def look_r025(self, process: Json, ocid: str, tender: Json) -> None:
        winner = self.winner(process)
        valid = {lone(at(bid, "tenderers")) for bid in self.bids if at(bid, "status") == "valid"} - {None}
        for name in valid if winner is not None else ():
            self.tried[name][0] += name == winner
            self.tried[name][1] += 1

    def look_r028(self, process: Json, ocid: str, tender: Json) -> None:
        last: dict[tuple[float, str], set[str]] = {}
        for bid in self.handed_in if self.compared(process) else ():
            people, offered = set(names(at(bid, "tenderers"))), price(bid)
            if not people or offered is None or not isinstance(at(bid, "tenderers"), list):
                continue
            if last.get(offered, people) != people:
                self.flag("OCID", ocid, "R028", 1.0)
                self.because("R028", ocid, people | last[offered], 1.0)
            last[offered] = people

    def look_r030(self, process: Json, ocid: str, tender: Json) -> None:
        closes = kind(at(tender, "tenderPeriod", "endDate"), str)
        winners = {
            name
            for award in entries(at(process, "awards"))
            if at(award, "status") == "active"
            for name in names(at(award, "suppliers"))
        }
        for bid in self.bids:
            date = kind(at(bid, "date"), str)
            if closes is None or date is None or at(bid, "status") != "valid":
                continue
            # Cardinal always compares text; Sala compares moments where both are.
            both = moment(date) is not None and moment(closes) is not None
            late = moment(date) > moment(closes) if both else date > closes
            people = winners & set(names(at(bid, "tenderers")))
            if late and people:
                self.flag("OCID", ocid, "R030", 1.0)
                self.because("R030", ocid, people, 1.0)

    def look_r035(self, process: Json, ocid: str, tender: Json) -> None:
        awards = self.complete(process)
        if awards is None:
            return
        suppliers = {name for award in awards for name in names(at(award, "suppliers"))}
        valid, out = (
            {n for bid in self.bids if at(bid, "status") == status for n in names(at(bid, "tenderers"))}
            for status in ("valid", "disqualified")
        )
        count = len(out - valid)
        if (
            len(valid) == 1
            and valid == suppliers
            and count >= max(1, self.settings.number("R035", "threshold"))
        ):
            self.flag("OCID", ocid, "R035", float(count))
            self.because("R035", ocid, valid, 0.0)

    def look_r036(self, process: Json, ocid: str, tender: Json) -> None:
        active = any(at(award, "status") == "active" for award in entries(at(process, "awards")))
        if not active or not self.compared(process):
            return
        offered = [(price(bid)[0], bid["status"]) for bid in self.handed_in if self.ours(price(bid))]
        if any(status == "valid" for _, status in offered):
            lowest = min(offered, key=lambda one: one[0])
            if lowest[1] == "disqualified":
                self.flag("OCID", ocid, "R036", 1.0)

    def look_r038(self, process: Json, ocid: str, tender: Json) -> None:
        out = sum(at(bid, "status") == "disqualified" for bid in self.handed_in)
        for bid in self.handed_in:
            # Cardinal counts a tenderer twice that stands twice on one bid; Sala once.
            for name in set(names(at(bid, "tenderers"))):
                self.count("Tenderer", name, at(bid, "status") == "disqualified", 1)
        if not self.handed_in:
            return
        for group, holder in (
            ("Buyer", at(process, "buyer")),
            ("ProcuringEntity", at(tender, "procuringEntity")),
        ):
            name = kind(at(holder, "id"), str)
            if name is not None:
                self.count(group, name, out, len(self.handed_in))
                if out:
                    self.maps[f"ocid_{group.lower()}_r038"][ocid] = name

    def count(self, group: str, name: str, out: int, bids: int) -> None:
        self.out[group][name][0] += out
        self.out[group][name][1] += bids

    def look_r048(self, process: Json, ocid: str, tender: Json) -> None:
        digits = int(self.settings.number("R048", "digits"))
        for award in entries(at(process, "awards")):
            name = lone(at(award, "suppliers"))
            for item in entries(at(award, "items")):
                code = kind(at(item, "classification", "id"), str)
                if at(award, "status") == "active" and name is not None and code is not None:
                    self.kinds[name][0].add(code[:digits])
                    self.kinds[name][1].add(ocid)

    def limit(self, code: str, values: list[float], side: int, prefix: str = "") -> float:
        """The threshold set, else the fence of the values; noted under the code."""
        name, threshold = (
            "lower_fence" if side < 0 else "upper_fence",
            self.settings.number(code, "threshold"),
        )
        if threshold is None:
            q1, q3, threshold = fence(values, side)
            self.meta[code] |= {f"{prefix}q1": rounded(q1), f"{prefix}q3": rounded(q3)}
        self.meta[code][f"{prefix}{name}"] = rounded(threshold)
        return threshold

    def finish(self) -> None:
        self.finish_gaps()
        for code in ("R025", "R038", "R048"):
            if code in self.on:
                getattr(self, f"finish_{code.lower()}")()

    def finish_gaps(self) -> None:
        gaps = [ratio for ratio, _, _ in self.gaps.values()]
        low = self.limit("R024", gaps, -1) if "R024" in self.on else 0
        high = self.limit("R058", gaps, 1) if "R058" in self.on else 0
        for ocid, (ratio, winner, loser) in self.gaps.items():
            if low > 0 and ratio <= low:
                self.flag("OCID", ocid, "R024", ratio)
                self.because("R024", ocid, {winner, loser}, 0.0)
            if high > 0 and ratio >= high:
                self.flag("OCID", ocid, "R058", ratio)
                self.because("R058", ocid, {winner}, 0.0)

    def finish_r048(self) -> None:
        least = self.settings.number("R048", "minimum_contracting_processes")
        lengths = {
            name: float(len(codes)) for name, (codes, seen) in self.kinds.items() if len(seen) >= least
        }
        high = self.limit("R048", list(lengths.values()), 1)
        for name, length in lengths.items():
            if length >= high:
                self.flag("Tenderer", name, "R048", length)

    def finish_r025(self) -> None:
        share = self.settings.number("R025", "percentile") / 100
        often = quantile([float(bids) for _, bids in self.tried.values()], share)
        ratios = {name: wins / bids for name, (wins, bids) in self.tried.items()}
        low = self.limit("R025", list(ratios.values()), -1)
        self.meta["R025"]["upper_fence"] = rounded(often)
        for name, ratio in ratios.items():
            if low > 0 and self.tried[name][1] >= often and ratio <= low:
                self.flag("Tenderer", name, "R025", ratio)

    def finish_r038(self) -> None:
        for group, key in (
            ("Buyer", "contracting_processes"),
            ("ProcuringEntity", "contracting_processes"),
            ("Tenderer", "submitted_bids"),
        ):
            least = self.settings.number("R038", f"minimum_{key}")
            ratios = {name: out / bids for name, (out, bids) in self.out[group].items() if bids >= least}
            high = self.limit("R038", list(ratios.values()), 1, f"{group}_") if ratios else 0
            for name, ratio in ratios.items():
                if high > 0 and ratio >= high:
                    self.flag(group, name, "R038", ratio)
