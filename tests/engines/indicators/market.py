"""Tenders and direct sales of many buyers, for the indicators that look over many processes."""

from engines.indicators.processes import award


def baht(amount):
    return {"amount": amount, "currency": "THB"}


def tender(ocid, amount, buyer="G", kind="43210000", day=1, **more):
    item = {"classification": {"id": kind}}
    period = {"startDate": f"2024-01-{day:02d}T00:00:00Z"}
    inside = {"value": baht(amount), "items": [item], "tenderPeriod": period, **more}
    return {"ocid": ocid, "buyer": {"id": buyer}, "tender": inside}


def sale(ocid, supplier, amount, buyer="G", kind="43210000", method="direct"):
    given = award(supplier, amount, date="2024-05-01T00:00:00Z", items=[{"classification": {"id": kind}}])
    return tender(ocid, amount, buyer, kind, procurementMethod=method) | {"awards": [given]}
