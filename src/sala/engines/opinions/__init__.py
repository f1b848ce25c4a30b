"""Opinion maps: from agree, pass and disagree votes to groups of people who think alike, and what they
share."""

from sala.engines.opinions.comments import Comment, read_comments
from sala.engines.opinions.document import read_before, to_document, write_document
from sala.engines.opinions.drawing import (
    Before,
    Consensus,
    OpinionGroup,
    OpinionMap,
    Settings,
    draw_map,
)
from sala.engines.opinions.grouping import GroupHistory, smooth
from sala.engines.opinions.picture import draw, to_svg
from sala.engines.opinions.reading import read_groups, read_votes
from sala.engines.opinions.stability import Stability
from sala.engines.opinions.statements import Figure
from sala.engines.opinions.votes import BadVotesError, VoteTable, gather_votes

__all__ = [
    "BadVotesError",
    "Before",
    "Comment",
    "Consensus",
    "Figure",
    "GroupHistory",
    "OpinionGroup",
    "OpinionMap",
    "Settings",
    "Stability",
    "VoteTable",
    "draw",
    "draw_map",
    "gather_votes",
    "read_before",
    "read_comments",
    "read_groups",
    "read_votes",
    "smooth",
    "to_document",
    "to_svg",
    "write_document",
]
