"""Names of people who do not exist: given names and surnames of each origin, put together by chance."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from model.demo.dice import Dice, Weighted
from model.text import fold


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a family's names come from. `language`: what an interpreter would speak; None for Norwegian."""

    language: str | None
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    bends: tuple[str, str] | None = None
    """An ending of men's surnames and its form in women's."""


def _list(words: str) -> tuple[str, ...]:
    return tuple(words.split())


NORWEGIAN = Origin(
    None,
    _list(
        "Amalie Anna Aurora Birgitte Camilla Christina Eli Elise Ella Embla Emilie Emma Eva Frida Frøydis Gro "
        "Guro Hanna Hedda Heidi Helene Hilde Idun Ida Ingeborg Ingrid Iselin Jenny Johanne Julie Kari "
        "Karoline Kaja Kristin Lea Leah Liv Live Mari Maren Maria Marit Marte Mathilde Mia Mina Nora Oda "
        "Oline Ragnhild Randi Rannveig Sigrid Silje Siri Siv Sofie Solveig Sunniva Sølvi Synnøve Thea Tiril "
        "Tone Torunn Tuva Unni Vilde Vår Ylva Åse Åshild"
    ),
    _list(
        "Adrian Aksel Alexander Anders Andreas Arne Asbjørn Aslak Birger Bjørn Brage Daniel Eirik Elias Emil "
        "Endre Erik Espen Even Filip Fredrik Geir Gard Håkon Håvard Henrik Isak Ivar Jakob Jens Jon Jonas "
        "Kasper Kjetil Kristian Lars Leif Liam Lukas Magnus Markus Martin Mathias Mikkel Nils Noah Odd Odin "
        "Ola Olav Oliver Oskar Per Petter Rune Sander Sigurd Simen Sindre Sivert Sondre Stian Svein Sverre "
        "Terje Theodor Thomas Tobias Tor Trygve Ulrik Vegard Vetle Øystein Øyvind Åge Ådne"
    ),
    _list(
        "Aa Aasen Alvestad Askeland Aukland Bakke Berge Birkeland Bjørnstad Bolstad Brekke Bruland Bø Dahl "
        "Dale Djupvik Eide Eikås Engebø Erdal Espe Fagerli Farsund Fossheim Flaten Furuset Gjerde Granli "
        "Grindheim Hagen Halvorsen Hamre Haugen Heggheim Hellevik Hjelle Holme Hove Hovland Hole Høyland "
        "Indrebø Instefjord Jordal Kleppe Kvam Kvamme Langeland Leirvik Li Lid Lunde Løvås Midtbø Moe "
        "Myklebust Mæland Nedrebø Nes Nordheim Nygård Næss Olsen Oppedal Osland Osen Ravnestad Reksten "
        "Ringdal Rolland Rønning Sandal Sandvik Seim Selland Sjøtun Skaar Skei Skogen Slettemoen Solberg "
        "Solheim Stølen Støfring Sunde Svanes Svardal Sæle Sætre Tenold Teigen Torheim Tveit Tveranger "
        "Ulvestad Vatne Vie Vik Vereide Ytrehus Øen Ølmheim Ødegård Øvrebø Årdal Årøy Ås Åsen"
    ),
)
SAMI = Origin(
    "nordsamisk",
    _list("Áile Ánne Biret Elle Gáddjá Ináhkká Inga Kirste Láilá Márjá Máret Ravdna Risten Sárá Sunná"),
    _list("Ailo Ánte Áslat Biera Heaika Issát Jovnna Lásse Mihkkal Máhtte Niillas Nils-Ánte Piera Sámmol Ándaras"),
    _list("Bongo Buljo Eira Gaup Guttorm Hætta Kemi Mienna Oskal Sara Siri Somby Triumf Utsi Vars Čáppa"),
)
POLISH = Origin(
    "polsk",
    _list("Agnieszka Aleksandra Ewa Hanna Julia Kasia Katarzyna Magdalena Małgorzata Maja Natalia Wiktoria Zuzanna"),
    _list("Adam Bartosz Dawid Filip Jakub Kacper Kamil Krzysztof Maciej Mateusz Michał Paweł Szymon Łukasz"),
    _list(
        "Dąbrowski Górski Jabłoński Jaworski Kamiński Kowalczyk Kozłowski Krawczyk Mazur Nowicki Pawlak "
        "Sikora Wiśniewski Wójcik Zawadzki Żak"
    ),
    ("ski", "ska"),
)
ARABIC = Origin(
    "arabisk",
    _list(
        "Amal Aya Dana Farah Hala Huda Iman Jana Layan Lina Maryam Nour Rania Rima Salma Yasmin Zainab"
    ),
    _list(
        "Ahmad Ali Amir Bilal Fadi Hadi Hamza Ibrahim Karim Khalid Mahmoud Nabil Omar Rami Sami Tariq Yusuf "
        "Zaid"
    ),
    (
        "Abboud", "al-Hariri", "al-Masri", "Aziz", "Barakat", "Darwish", "Fares", "Haddad", "Hamdan", "Hassan", "Jaber",
        "Kassem", "Mansour", "Nasser", "Qasim", "Rahal", "Saleh", "Shaheen", "Tahan", "Zidan",
    ),
)  # fmt: skip
SOMALI = Origin(
    "somali",
    _list(
        "Amina Asha Ayaan Deqa Fadumo Farhiyo Habiba Hamdi Hodan Idil Ifrah Khadra Nasra Sagal Sahra Zamzam"
    ),
    _list(
        "Abdi Abdirahman Abshir Ayanle Bashir Cabdi Dahir Farah Guled Hassan Ismail Liban Mahad Mohamed "
        "Sharmarke"
    ),
    (
        "Abdi Ali", "Abdullahi Nur", "Adan Hersi", "Ahmed Warsame", "Barre Osman", "Dirie Jama", "Farah Aden",
        "Guled Samatar",
        "Hassan Yusuf", "Hirsi Mohamud", "Ibrahim Omar", "Jama Elmi", "Mohamud Ismail", "Nur Abshir", "Osman Hashi",
    ),
)  # fmt: skip
VIETNAMESE = Origin(
    "vietnamesisk",
    (*_list("Ánh Bích Hà Hạnh Hoa Hương Lan Linh Mai My Ngọc Phương Thảo Trang Vy"), "Thu Hà"),
    _list("An Bảo Bình Cường Đức Dũng Hải Hiếu Hùng Khang Long Minh Nam Phúc Quang Tuấn"),
    _list("Bùi Đặng Đinh Đỗ Hồ Huỳnh Lê Ngô Nguyễn Phạm Phan Trần Trương Võ Vũ"),
)  # fmt: skip

ORIGINS = (NORWEGIAN, SAMI, POLISH, ARABIC, SOMALI, VIETNAMESE)
_ANYWHERE = Weighted({NORWEGIAN: 76, SAMI: 2, POLISH: 6, ARABIC: 7, SOMALI: 5, VIETNAMESE: 4})
_NORTH = Weighted({NORWEGIAN: 70, SAMI: 15, POLISH: 5, ARABIC: 5, SOMALI: 3, VIETNAMESE: 2})
_STAFF = Weighted({NORWEGIAN: 93, SAMI: 1.5, POLISH: 2, ARABIC: 1.5, SOMALI: 0.8, VIETNAMESE: 1.2})
_SAMI_COUNTIES = ("55", "56")


@dataclass(frozen=True, slots=True)
class Named:
    given: str
    family: str
    woman: bool
    origin: Origin

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def folded(self) -> str:
        return f"{_fold(self.given)} {_fold(self.family)}"


_fold = cache(fold)  # there are few names, and many who bear them


def youth(dice: Dice, county_no: str) -> Named:
    return _person(dice, dice.draw(_NORTH if county_no in _SAMI_COUNTIES else _ANYWHERE))


def professional(dice: Dice, county_no: str) -> Named:
    return _person(dice, SAMI if county_no in _SAMI_COUNTIES and dice.chance(0.12) else dice.draw(_STAFF))


def relative(dice: Dice, of: Named, woman: bool) -> Named:
    """Somebody of the same family; among Norwegians every third parent has a surname of their own."""
    given = dice.pick(of.origin.women if woman else of.origin.men)
    family = dice.pick(of.origin.families) if of.origin is NORWEGIAN and dice.chance(0.3) else of.family
    return Named(given, _bent(family, woman, of.origin), woman, of.origin)


def _person(dice: Dice, origin: Origin) -> Named:
    woman = dice.chance(0.5)
    given = dice.pick(origin.women if woman else origin.men)
    family = dice.pick(origin.families)
    if origin is NORWEGIAN and dice.chance(0.18):
        other = dice.pick(origin.families)
        if other != family:
            family = f"{other} {family}"
    return Named(given, _bent(family, woman, origin), woman, origin)


def _bent(family: str, woman: bool, origin: Origin) -> str:
    if origin.bends is None:
        return family
    man, her = origin.bends
    bare = family[: -len(man)] if family.endswith((man, her)) else None
    return family if bare is None else bare + (her if woman else man)


def address(name: str, domain: str, taken: set[str]) -> str:
    """An e-mail address nobody else of `taken` has; the domain ends in `.example`, which is nobody's."""
    local = ".".join(fold(name).split())
    made = f"{local}@{domain}"
    number = 2
    while made in taken:
        made = f"{local}{number}@{domain}"
        number += 1
    taken.add(made)
    return made


def landline(dice: Dice) -> str:
    """`57 00 0x xx`: written like a number, and plainly made up."""
    return f"+475700{dice.between(0, 999):04d}"


def mobile(dice: Dice) -> str:
    """`99 00 0x xx`: written like a number, and plainly made up."""
    return f"+479900{dice.between(0, 999):04d}"
