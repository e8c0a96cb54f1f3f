"""Synthetic youths with their guardians."""

from __future__ import annotations

from dataclasses import dataclass

from model.demo import names
from model.demo.dice import Days, Dice, Weighted
from model.demo.people import Home, Row, Unit
from model.demo.ways import Way
from model.terms import EducationRight, Level, ParentalResponsibility, Programme, Protection, Relation

YOUTH_COLUMNS = (
    "name", "folded", "birth_date", "phone", "email", "local_id", "municipality_no", "district", "lodging", "school_id",
    "programme", "level", "education_right", "language_form", "interpreter_language", "protection",
)  # fmt: skip
GUARDIAN_COLUMNS = (
    "youth_id", "name", "relation", "phone", "email", "parental_responsibility", "interpreter_language",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Youth:
    """A youth as stories need them."""

    id: int
    given: str
    born: int
    home: Home
    school: Unit | None
    protected: bool
    nynorsk: bool

    def age(self, day: int) -> float:
        return (day - self.born) / 365.25


_AGES = {
    Way.AT_SCHOOL: (15.8, 18.9),
    Way.LEFT: (16.1, 20.2),
    Way.NO_PLACE: (16.0, 20.8),
    Way.CONTRACT: (18.0, 22.0),
    Way.ADULT: (22.0, 46.0),
}
_IN_COMPANIES = Weighted({Level.APPRENTICE: 70, Level.TRAINING_CANDIDATE: 20, Level.PRACTICE_CANDIDATE: 10})
_PROGRAMMES = Weighted(
    {
        Programme.ST: 22, Programme.HS: 17, Programme.TP: 11, Programme.EL: 9, Programme.BA: 10, Programme.RM: 5,
        Programme.NA: 5, Programme.SR: 5, Programme.IM: 5, Programme.ID: 3, Programme.MK: 2, Programme.MD: 2,
        Programme.FD: 3, Programme.DT: 2, Programme.KD: 1, Programme.PB: 2,
    }
)  # fmt: skip
_RIGHTS = Weighted(
    {EducationRight.YES: 80, EducationRight.UNKNOWN: 11, EducationRight.USED_UP: 7, EducationRight.NO: 2}
)
_RELATIONS = Weighted(
    {
        Relation.MOTHER: 50, Relation.FATHER: 38, Relation.STEP_PARENT: 4, Relation.FOSTER_PARENT: 3,
        Relation.GRANDPARENT: 2, Relation.LEGAL_GUARDIAN: 1.5, Relation.SIBLING: 1, Relation.OTHER: 0.5,
    }
)  # fmt: skip
_WOMEN = (Relation.MOTHER, Relation.GRANDPARENT)


class Youths:
    """Makes youths one by one, and keeps their rows."""

    def __init__(self, dice: Dice, days: Days, first_id: int) -> None:
        self.dice = dice
        self.days = days
        self.first_id = first_id
        self.rows: list[Row] = []
        self.guardians: list[Row] = []

    def make(self, home: Home, way: Way, opened: int, closed: int | None, protected: bool) -> Youth:
        dice, days = self.dice, self.days
        named = names.youth(dice, home.county.no)
        low, high = _AGES[way]
        born = opened - int((low + dice.random() * (high - low)) * 365.25)
        school = self._school(home, way)
        given, name = named.given, named.name
        folded = named.folded
        nynorsk = home.ot.nynorsk if dice.chance(0.9) else not home.ot.nynorsk
        newcomer = named.origin.language is not None and dice.chance(0.22)
        hidden = protected and dice.chance(0.5)  # registered after the protection: what locates was never written
        away = school is not None and school.area is not home.area and dice.chance(0.25)
        area = school.area if school is not None else None
        youth_id = self.first_id + len(self.rows)
        self.rows.append(
            (
                name,
                folded,
                days.text(born),
                names.mobile(dice) if dice.chance(0.88) and not hidden else None,
                f"{'.'.join(folded.split())}@ungdom.example" if dice.chance(0.55) and not hidden else None,
                f"V{youth_id + 400_000}" if way is not Way.ADULT and dice.chance(0.85) else None,
                None if hidden else home.area.municipality_no,
                None if hidden else home.area.district,
                f"Hybel, {area.name}" if away and area is not None and not protected else None,
                None if hidden or school is None else school.id,
                dice.draw(_PROGRAMMES).value if school is not None or way is Way.CONTRACT else None,
                self._level(way, school, (opened - born) / 365.25),
                (EducationRight.NO if way is Way.ADULT else dice.draw(_RIGHTS)).value,
                "nn" if nynorsk else "en" if newcomer and dice.chance(0.15) else "nb",
                named.origin.language if newcomer else None,
                (Protection.CONFIDENTIAL if protected else Protection.NONE).value,
            )
        )
        # Of cases that ended years ago guardians are not kept.
        if way is not Way.ADULT and (closed is None or closed > -1_000):
            self._family(youth_id, named, newcomer, hidden)
        return Youth(youth_id, given, born, home, school, protected, nynorsk)

    def _school(self, home: Home, way: Way) -> Unit | None:
        if way is Way.ADULT or way is Way.CONTRACT or (way is Way.NO_PLACE and self.dice.chance(0.7)):
            return None
        return self.dice.pick(home.schools)

    def _level(self, way: Way, school: Unit | None, age: float) -> str | None:
        if way is Way.ADULT:
            return Level.ADULT_PRIMARY.value
        if way is Way.NO_PLACE:
            return None if school is None else Level.VG1.value
        if way is Way.CONTRACT:
            return self.dice.draw(_IN_COMPANIES).value
        reached = (Level.VG1, Level.VG2, Level.VG3)[: max(1, min(3, int(age - 15)))]
        return self.dice.pick((*reached, reached[-1])).value

    def _family(self, youth_id: int, named: names.Named, newcomer: bool, hidden: bool) -> None:
        dice = self.dice
        relation = dice.draw(_RELATIONS)
        relations = [relation]
        if relation is Relation.MOTHER and dice.chance(0.5):
            relations.append(Relation.FATHER if dice.chance(0.9) else Relation.STEP_PARENT)
        for relation in relations:
            woman = relation in _WOMEN or (relation is not Relation.FATHER and dice.chance(0.5))
            answers = relation in (Relation.MOTHER, Relation.FATHER) and dice.chance(0.88)
            if answers or relation is Relation.LEGAL_GUARDIAN:
                answer = ParentalResponsibility.YES
            else:
                answer = ParentalResponsibility.NO if dice.chance(0.5) else ParentalResponsibility.UNKNOWN
            guardian = names.relative(dice, named, woman)
            speaks = named.origin.language if newcomer or dice.chance(0.2) else None
            self.guardians.append(
                (
                    youth_id,
                    guardian.name,
                    relation.value,
                    names.mobile(dice) if dice.chance(0.92) and not hidden else None,
                    f"{'.'.join(guardian.folded.split())}@heime.example" if dice.chance(0.3) and not hidden else None,
                    answer.value,
                    speaks,
                )
            )
