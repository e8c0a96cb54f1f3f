"""A contact list as people describe it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from model.language import N_
from model.record import Field, Ge, Le, MaxLen
from model.terms import Role


@dataclass(slots=True, kw_only=True)
class List:
    """A list of contacts that somebody keeps true for its readers. Source: S3, R06, R13, R16, R25."""

    name: Annotated[str, Field(N_("Name"), N_("Short, as commands and imports call it: counsellors.")), MaxLen(60)]
    title: Annotated[str, Field(N_("Title"), N_("As its readers know it.")), MaxLen(120)]
    roles: Annotated[tuple[Role, ...], Field(N_("Roles"), N_("Whom the list is of."))] = ()
    audience: Annotated[tuple[Role, ...], Field(N_("Audience"), N_("Whom the list is for: those in these roles."))] = ()
    owner_id: Annotated[
        int | None, Field(N_("Owner"), N_("The contact, by number, who answers for the list being true.")), Ge(1)
    ] = None
    cadence_months: Annotated[
        int | None,
        Field(N_("Months between rounds"), N_("How old a confirmation may be before somebody should ask again.")),
        Ge(1),
        Le(60),
    ] = None
    note: Annotated[str | None, Field(N_("Note"), multiline=True), MaxLen(2000)] = None
