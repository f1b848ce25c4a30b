"""What people are asked, by who is asked: citizens, staff."""

from sala.services.complaints.forms.citizen import (
    ContactForm,
    PrivacyForm,
    RatingForm,
    TrackForm,
    WhatForm,
    WhenForm,
    WhereForm,
    WordsForm,
)
from sala.services.complaints.forms.intake import IntakeForm
from sala.services.complaints.forms.staff import (
    AgencyForm,
    AssignForm,
    EmptyForm,
    KeepForm,
    MaskForm,
    NoteForm,
    PauseForm,
    ReasonForm,
    RejectForm,
    ReplyForm,
    ResolveForm,
    RouteForm,
    SplitForm,
)

__all__ = [
    "AgencyForm",
    "AssignForm",
    "ContactForm",
    "EmptyForm",
    "IntakeForm",
    "KeepForm",
    "MaskForm",
    "NoteForm",
    "PauseForm",
    "PrivacyForm",
    "RatingForm",
    "ReasonForm",
    "RejectForm",
    "ReplyForm",
    "ResolveForm",
    "RouteForm",
    "SplitForm",
    "TrackForm",
    "WhatForm",
    "WhenForm",
    "WhereForm",
    "WordsForm",
]
