"""Put the releases of one contracting process together: the latest picture, or every value over time.

The fast way writes straight into the result. Where fields change their shape between releases, or ids mix
types, `irregular` follows the definition step by step instead; both give the same result.
Source: OCDS 1.1, "Merging"; conformance: the cases of open-contracting/ocds-merge.
"""

from collections.abc import Sequence

from sala.engines.ocds import compiling, irregular, versioning
from sala.engines.ocds.order import sort_releases
from sala.engines.ocds.shapes import IrregularError, JsonObject
from sala.engines.ocds.strategies import RuleTree


def compile_release(releases: Sequence[JsonObject], rules: RuleTree) -> JsonObject:
    """The compiled release: the latest value of each field, over releases of ONE contracting process.

    Releases may come in any order; equal dates keep the order given. A null removes an earlier value.
    Raises MergeError for releases without a usable `date`, or a field that changes from value to object.
    The releases are not changed; plain lists of the result are theirs.
    """
    ordered = sort_releases(releases)
    try:
        return compiling.compile_ordered(ordered, rules)
    except IrregularError:
        return irregular.compile_release(ordered, rules)


def version_release(releases: Sequence[JsonObject], rules: RuleTree) -> JsonObject:
    """The versioned release: for each field, its values over time with the release that set each.

    Order, nulls and errors as for `compile_release`; a null stays as a version of its own.
    """
    ordered = sort_releases(releases)
    try:
        return versioning.version_ordered(ordered, rules)
    except IrregularError:
        return irregular.version_release(ordered, rules)
