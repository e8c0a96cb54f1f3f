"""Units, contacts and their roles, and who serves whom, as people write them down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from model.language import N_
from model.record import Field, MaxLen
from model.terms import LanguageForm, UnitKind


@dataclass(slots=True, kw_only=True)
class Unit:
    """A school, an office or another place where people of one service work."""

    name: Annotated[str, Field(N_("Name")), MaxLen(120)]
    kind: Annotated[UnitKind, Field(N_("Kind"), N_("What kind of place it is; the service follows from it."))]
    municipality: Annotated[
        str | None, Field(N_("Municipality"), N_("Number or name; former names are known.")), MaxLen(80)
    ] = None
    phone: Annotated[str | None, Field(N_("Phone")), MaxLen(40)] = None
    email: Annotated[str | None, Field(N_("E-mail")), MaxLen(254)] = None
    language_form: Annotated[
        LanguageForm | None, Field(N_("Language form"), N_("The written Norwegian that letters to the unit are in."))
    ] = None
    external_id: Annotated[
        str | None, Field(N_("External id"), N_("The unit's number in the system the list comes from.")), MaxLen(60)
    ] = None


@dataclass(slots=True, kw_only=True)
class RoleAt:
    """A role at a unit, for as long as it lasts. `id` is that of a role which is there already.

    `role` is a code of `Role`, a list's own words, or "" where a list told only the unit.
    """

    role: Annotated[str, Field(N_("Role")), MaxLen(80)] = ""
    unit_id: Annotated[int | None, Field(N_("Unit"))] = None
    starts_on: Annotated[date | None, Field(N_("From"))] = None
    ends_on: Annotated[date | None, Field(N_("Until"))] = None
    id: int | None = None


@dataclass(slots=True, kw_only=True)
class Contact:
    """A professional in the directory. Only the name must be known. Source: S3, R06, R13, R25."""

    name: Annotated[str, Field(N_("Name")), MaxLen(120)]
    phone: Annotated[str | None, Field(N_("Phone")), MaxLen(40)] = None
    email: Annotated[str | None, Field(N_("E-mail")), MaxLen(254)] = None
    municipality: Annotated[
        str | None, Field(N_("Municipality"), N_("Number or name; former names are known.")), MaxLen(80)
    ] = None
    language_form: Annotated[LanguageForm | None, Field(N_("Language form"))] = None
    external_id: Annotated[
        str | None, Field(N_("External id"), N_("The person's number in the system the list comes from.")), MaxLen(60)
    ] = None
    note: Annotated[str | None, Field(N_("Note"), multiline=True), MaxLen(2000)] = None


@dataclass(slots=True, kw_only=True)
class Deputy:
    """Who answers for a contact who is away. Source: S3 (the youth and the company always have somebody), R30."""

    contact_id: Annotated[int, Field(N_("Contact"))]
    deputy_id: Annotated[int, Field(N_("Deputy"))]
    starts_on: Annotated[date, Field(N_("From"))]
    ends_on: Annotated[date | None, Field(N_("Until"))] = None


@dataclass(slots=True, kw_only=True)
class NavCoverage:
    """A NAV office serves a municipality, or one city district of it. One office may serve several. Source: R04."""

    unit_id: Annotated[int, Field(N_("NAV office"))]
    municipality: Annotated[str, Field(N_("Municipality"), N_("Number or name; former names are known.")), MaxLen(80)]
    district: Annotated[str | None, Field(N_("City district")), MaxLen(80)] = None
    starts_on: Annotated[date | None, Field(N_("From"))] = None
    ends_on: Annotated[date | None, Field(N_("Until"))] = None


@dataclass(slots=True, kw_only=True)
class OtCoverage:
    """An OT contact follows up the youths of a school or of a home municipality: one of the two. Source: R04, R13."""

    contact_id: Annotated[int, Field(N_("OT contact"))]
    school_id: Annotated[int | None, Field(N_("School"))] = None
    municipality: Annotated[
        str | None, Field(N_("Municipality"), N_("Number or name; former names are known.")), MaxLen(80)
    ] = None
    starts_on: Annotated[date | None, Field(N_("From"))] = None
    ends_on: Annotated[date | None, Field(N_("Until"))] = None
