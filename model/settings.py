"""The settings, each declared once: the config file, its example, `samlop config` and the reference page follow.

`model.configfile` reads, checks and writes them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from model import places
from model.language import N_
from model.record import Field, Ge, Le, MaxLen
from model.terms import Service

MAX_PATH = 4096


class Language(StrEnum):
    GUESS = ""
    NB = "nb"
    NN = "nn"
    EN = "en"


class Theme(StrEnum):
    DARK = "dark"
    LIGHT = "light"
    CONTRAST = "contrast"


@dataclass(slots=True, kw_only=True)
class AtKeyboard:
    """`[viewer]`: who is at the keyboard. On a store of one's own that is a declaration, not a login."""

    contact_id: Annotated[
        int, Field(N_("Contact"), N_("Your own number in the directory; 0 when you are not in it.")), Ge(0)
    ] = 0
    name: Annotated[
        str,
        Field(N_("Name"), N_("Your name, where you are not in the directory; what you write carries it.")),
        MaxLen(120),
    ] = ""
    service: Annotated[
        Service | None,
        Field(N_("Service"), N_("The service you work for, as its code: ot, nav, school, county and so on.")),
    ] = None
    unit_id: Annotated[int, Field(N_("Unit"), N_("The number of your school, office or team; 0 for none.")), Ge(0)] = 0
    administrator: Annotated[
        bool,
        Field(
            N_("Administrator"),
            N_("true for the one who looks after the store: imports lists, assigns cases, undoes the work of others."),
        ),
    ] = False


@dataclass(slots=True, kw_only=True)
class Settings:
    """Every setting there is, with its default."""

    language: Annotated[
        Language,
        Field(
            N_("Language"),
            N_("The language Samløp speaks: nb, nn or en. Empty: what the environment asks for (LANG)."),
        ),
    ] = Language.GUESS
    store: Annotated[
        str,
        Field(
            N_("Store"),
            N_("The file with all the data. Empty: samlop.store in your data folder. Relative: from this folder."),
        ),
        MaxLen(MAX_PATH),
    ] = ""
    key_file: Annotated[
        str,
        Field(
            N_("Key file"),
            N_("A file with the store's key, readable by you alone. Empty: the desktop's keyring holds the key."),
        ),
        MaxLen(MAX_PATH),
    ] = ""
    theme: Annotated[
        Theme, Field(N_("Colours"), N_("The colours of the screen: dark, light or contrast (high contrast)."))
    ] = Theme.DARK
    silent_days: Annotated[
        int,
        Field(
            N_("Silent after"),
            N_("A case is silent when nobody has talked with the youth, both ways, for this many days."),
        ),
        Ge(1),
        Le(365),
    ] = 30
    unknown_days: Annotated[
        int,
        Field(
            N_("Unknown after"),
            N_("A youth nobody has reached (OT status OTUK) moves up the caseload after this many days."),
        ),
        Ge(1),
        Le(365),
    ] = 30
    due_soon_days: Annotated[
        int, Field(N_("Due soon"), N_("A task counts as due this many days ahead.")), Ge(0), Le(90)
    ] = 7
    new_referral_days: Annotated[
        int,
        Field(N_("New referral"), N_("A referral counts as new for this many days.")),
        Ge(1),
        Le(365),
    ] = 14
    templates: Annotated[
        str,
        Field(
            N_("Templates"),
            N_(
                "A folder with your own templates for PDFs, letterhead.txt and logo.svg or logo.png. Empty: those that "
                "come with Samløp. To begin with them: samlop minutes templates -o FOLDER"
            ),
        ),
        MaxLen(MAX_PATH),
    ] = ""
    viewer: Annotated[
        AtKeyboard,
        Field(N_("At the keyboard"), N_("Who is at the keyboard: a declaration, not a login. samlop init writes it.")),
    ] = field(default_factory=AtKeyboard)
    keys: Annotated[
        dict[str, str],
        Field(
            N_("Keys"),
            N_('An action of the screen and the key you want for it: undo = "f8". The help screen (?) names them.'),
        ),
    ] = field(default_factory=dict)

    file: Path = field(default_factory=places.config_file)
    """Where these settings were read, or are to be written."""

    @property
    def store_path(self) -> Path:
        return self._from_file(self.store) if self.store else places.data_folder() / "samlop.store"

    @property
    def key_path(self) -> Path | None:
        return self._from_file(self.key_file) if self.key_file else None

    @property
    def templates_path(self) -> Path | None:
        return self._from_file(self.templates) if self.templates else None

    def _from_file(self, written: str) -> Path:
        return self.file.parent / Path(written).expanduser()
