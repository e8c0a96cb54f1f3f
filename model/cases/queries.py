"""All SQL that reads cases and keeps facts over them. Aliases: c cases, y youths, e entries, t tasks, f facts."""

from __future__ import annotations

from model.privacy.lens import LOCATES
from model.store import search
from model.terms import Service

_BOUND = ", ".join(f"'{service.value}'" for service in Service if service.unit_bound)

# What is kept over the tables ----------------------------------------------------------------------------------------

KEPT_CASES = "CREATE TEMP TABLE IF NOT EXISTS kept_cases (id INTEGER PRIMARY KEY)"
NO_KEPT_CASES = "DELETE FROM kept_cases"
KEEP_CASE = "INSERT INTO kept_cases (id) VALUES (?) ON CONFLICT DO NOTHING"
KEEP_ALL_CASES = "INSERT INTO kept_cases (id) SELECT id FROM cases"

_KEPT = "IN (SELECT id FROM kept_cases)"


def _unit_of(alias: str) -> str:
    """The unit whose facts these are: none in a service that is one across its offices."""
    return f"CASE WHEN {alias}.service IN ({_BOUND}) THEN coalesce({alias}.unit_id, 0) ELSE 0 END"


_FACTS = f"""
SELECT case_id, service, unit_id, min(contact_on), max(contact_on), max(attempt_on), max(guardian_on), max(note_on),
    min(task_on)
FROM (
    SELECT e.case_id, e.service, {_unit_of("e")} AS unit_id,
        CASE WHEN e.with_youth = 1 THEN e.on_date END AS contact_on,
        CASE WHEN e.kind = 'contact_attempt' THEN e.on_date END AS attempt_on,
        CASE WHEN e.with_guardian = 1 THEN e.on_date END AS guardian_on,
        CASE WHEN e.with_youth + e.with_guardian = 0 AND e.kind <> 'contact_attempt' THEN e.on_date END AS note_on,
        NULL AS task_on
    FROM cases c JOIN entries e ON e.case_id = c.id
    WHERE c.closed_on IS NULL AND c.id {_KEPT}
    UNION ALL
    SELECT t.case_id, t.service, {_unit_of("t")}, NULL, NULL, NULL, NULL, t.due_on
    FROM cases c JOIN tasks t ON t.case_id = c.id
    WHERE c.closed_on IS NULL AND t.done_on IS NULL AND c.id {_KEPT}
) AS dated
GROUP BY case_id, service, unit_id"""

# A yes stands until a later word on the same, or a later no that overlaps it: a no to the service is a no to each of
# its units, and a no to one unit ends a yes to them all, for nothing here says "all but one".
_STANDING = f"""
WITH said AS (
    SELECT e.case_id, k.from_service, k.to_service, coalesce(k.to_unit_id, 0) AS to_unit_id, e.id AS entry_id,
        e.on_date, coalesce(e.stage, '') AS stage, k.valid_from, k.valid_until
    FROM entries e JOIN consents k ON k.entry_id = e.id
    WHERE e.case_id {_KEPT}
)
SELECT yes.case_id, yes.from_service, yes.to_service, yes.to_unit_id, yes.entry_id, yes.valid_from, yes.valid_until
FROM said yes
WHERE yes.stage = 'given' AND NOT EXISTS (
    SELECT 1 FROM said later
    WHERE later.case_id = yes.case_id AND later.from_service = yes.from_service AND later.to_service = yes.to_service
        AND (later.on_date > yes.on_date OR (later.on_date = yes.on_date AND later.entry_id > yes.entry_id))
        AND (later.to_unit_id = yes.to_unit_id
            OR (later.stage <> 'given' AND (later.to_unit_id = 0 OR yes.to_unit_id = 0))))"""

# Where somebody works for the service: their place without an end, else the one with the latest. A post for a term
# counts, a place they have moved from does not; the last one stays theirs until somebody else answers for the case.
_WORKS_AT = """
    LEFT JOIN contact_roles cr ON cr.contact_id = {a}.contact_id
    LEFT JOIN units u ON u.id = cr.unit_id AND u.service = {a}.service AND NOT EXISTS (
        SELECT 1 FROM contact_roles cr2 JOIN units u2 ON u2.id = cr2.unit_id
        WHERE cr2.contact_id = cr.contact_id AND u2.service = {a}.service
            AND coalesce(cr2.ends_on, '9999-12-31') > coalesce(cr.ends_on, '9999-12-31'))"""

_INSIDERS = f"""
SELECT DISTINCT service, CASE WHEN service IN ({_BOUND}) THEN unit_id ELSE 0 END, case_id
FROM (
    SELECT c.service, c.unit_id, c.id AS case_id FROM cases c WHERE c.id {_KEPT}
    UNION ALL
    SELECT r.service, u.id, r.case_id FROM responsibles r {_WORKS_AT.format(a="r")}
    WHERE r.ends_on IS NULL AND r.case_id {_KEPT}
    UNION ALL
    SELECT p.service, coalesce(p.unit_id, u.id), p.case_id FROM parties p {_WORKS_AT.format(a="p")}
    WHERE p.ends_on IS NULL AND p.case_id {_KEPT}
    UNION ALL
    SELECT s.service, s.id, c.id
    FROM cases c JOIN youths y ON y.id = c.youth_id JOIN units s ON s.id = y.school_id WHERE c.id {_KEPT}
) AS taking_part
WHERE service NOT IN ({_BOUND}) OR unit_id IS NOT NULL"""

_DATES = "first_contact_on, last_contact_on, last_attempt_on, last_guardian_on, last_note_on, next_task_on"

KEPT: dict[str, tuple[str, str]] = {
    "facts": (f"case_id, service, unit_id, {_DATES}", _FACTS),
    "standing_consents": (
        "case_id, from_service, to_service, to_unit_id, entry_id, valid_from, valid_until",
        _STANDING,
    ),
    "insiders": ("service, unit_id, case_id", _INSIDERS),
}
"""The kept tables: their columns, and what they hold for the cases in `kept_cases`."""


def forget(table: str) -> str:
    return f"DELETE FROM {table} WHERE case_id {_KEPT}"


def work_out(table: str) -> str:
    columns, select = KEPT[table]
    return f"INSERT INTO {table} ({columns}) {select}"


def differing(table: str) -> str:
    """Counts the rows that are kept but would not be worked out, or the other way about, with all in `kept_cases`."""
    columns, select = KEPT[table]
    worked_out = f"SELECT * FROM ({select})"
    kept = f"SELECT {columns} FROM {table}"
    return (
        f"SELECT (SELECT count(*) FROM ({kept} EXCEPT {worked_out})) "
        f"+ (SELECT count(*) FROM ({worked_out} EXCEPT {kept}))"
    )


# Cases where somebody's place of work decides who is on them; asked for when roles or units change.
CASES_OF_ROLES = """
SELECT x.case_id FROM contact_roles cr JOIN responsibles x ON x.contact_id = cr.contact_id WHERE cr.id BETWEEN ? AND ?
UNION
SELECT x.case_id FROM contact_roles cr JOIN parties x ON x.contact_id = cr.contact_id WHERE cr.id BETWEEN ? AND ?"""
CASES_OF_CONTACT = """
SELECT case_id FROM responsibles WHERE contact_id = ? UNION SELECT case_id FROM parties WHERE contact_id = ?"""
CASES_OF_UNIT = """
SELECT c.id FROM youths y JOIN cases c ON c.youth_id = y.id WHERE y.school_id = ?
UNION
SELECT x.case_id FROM contact_roles cr JOIN responsibles x ON x.contact_id = cr.contact_id WHERE cr.unit_id = ?
UNION
SELECT x.case_id FROM contact_roles cr JOIN parties x ON x.contact_id = cr.contact_id WHERE cr.unit_id = ?"""

CHANGED = "SELECT row_id, before FROM ledger WHERE batch = ? AND tbl = ?"
CONTACT_OF_ROLE = "SELECT contact_id FROM contact_roles WHERE id = ?"
SERVICE_OF_UNIT = "SELECT service FROM units WHERE id = ?"
PROTECTION_OF = "SELECT protection FROM youths WHERE id = ?"
ENTRIES_OF_YOUTH = "SELECT e.id FROM cases c JOIN entries e ON e.case_id = c.id WHERE c.youth_id = ?"

_ENTRY_WORDS = """
SELECT e.id, coalesce(e.title, '') || ' ' || coalesce(e.text, '') || ' ' || coalesce(e.outcome, '') || ' '
    || coalesce(e.participants, '') || ' ' || CASE WHEN y.protection = 'none' THEN coalesce(e.place, '') ELSE '' END
FROM entries e JOIN cases c ON c.id = e.case_id JOIN youths y ON y.id = c.youth_id"""
WORDS_OF_RANGE = f"{_ENTRY_WORDS} WHERE e.id BETWEEN ? AND ?"
WORDS_OF_ENTRY = f"{_ENTRY_WORDS} WHERE e.id = ?"
WORDS_OF_ALL = _ENTRY_WORDS

# One case ------------------------------------------------------------------------------------------------------------


def _located(column: str) -> str:
    return LOCATES.format(column)


def one_case(visible: str) -> str:
    return f"""
SELECT c.id, c.batch, c.track, c.status, c.ot_status, c.reason, c.channel, c.concerns, c.service, c.opened_on,
    c.closed_on, c.close_reason, c.contact_person_id, p.name, c.contact_person_on,
    y.id, y.batch, y.name, y.birth_date, {_located("y.phone")}, {_located("y.email")}, y.local_id,
    {_located("y.municipality_no")}, {_located("y.district")}, {_located("y.lodging")}, {_located("y.school_id")},
    {_located("s.name")}, y.programme, y.level, y.education_right, y.language_form, y.interpreter_language, y.protection
FROM cases c JOIN youths y ON y.id = c.youth_id LEFT JOIN units s ON s.id = y.school_id
    LEFT JOIN contacts p ON p.id = c.contact_person_id
WHERE c.id = :case AND {visible}"""


GUARDIANS = f"""
SELECT g.id, g.batch, g.name, g.relation, {_located("g.phone")}, {_located("g.email")}, g.parental_responsibility,
    g.interpreter_language
FROM youths y JOIN guardians g ON g.youth_id = y.id WHERE y.id = :youth ORDER BY g.id"""

RESPONSIBLES = """
SELECT r.service, r.contact_id, k.name, r.starts_on, k.left_on
FROM responsibles r JOIN contacts k ON k.id = r.contact_id
WHERE r.case_id = :case AND r.ends_on IS NULL ORDER BY r.id"""

PARTIES = f"""
SELECT p.id, p.batch, p.service, {_located("p.unit_id")}, {_located("u.name")}, p.contact_id, k.name, p.starts_on
FROM parties p JOIN cases c ON c.id = p.case_id JOIN youths y ON y.id = c.youth_id
    LEFT JOIN units u ON u.id = p.unit_id LEFT JOIN contacts k ON k.id = p.contact_id
WHERE p.case_id = :case AND p.ends_on IS NULL ORDER BY p.id"""

# Entries -------------------------------------------------------------------------------------------------------------


def entries(where: str, visible: str, own: str) -> str:
    """`where` names a case or an entry; the lens says the rest."""
    return f"""
SELECT e.id, e.batch, e.case_id, e.kind, e.stage, e.on_date, e.until_on, e.service, {_located("u.name")}, e.author_name,
    e.with_youth, e.with_guardian, e.channel, {_located("e.place")}, e.minutes, e.title, e.text, e.participants,
    e.outcome, e.system, e.reference, e.follows_id, ({own}) IS TRUE,
    k.from_service, k.to_service, {_located("k.to_unit_id")}, {_located("ku.name")}, k.given_by, k.form, k.purpose,
    k.valid_from, k.valid_until,
    CASE WHEN k.id IS NOT NULL THEN EXISTS (
        SELECT 1 FROM standing_consents st WHERE st.case_id = e.case_id AND st.entry_id = e.id
            AND st.valid_from <= :lens_today AND (st.valid_until IS NULL OR st.valid_until >= :lens_today)) END
FROM entries e JOIN cases c ON c.id = e.case_id JOIN youths y ON y.id = c.youth_id
    LEFT JOIN units u ON u.id = e.unit_id
    LEFT JOIN consents k ON k.entry_id = e.id LEFT JOIN units ku ON ku.id = k.to_unit_id
WHERE {where} AND {visible}
ORDER BY e.on_date DESC, e.id DESC"""


def is_there(visible: str) -> str:
    return f"SELECT 1 FROM cases c WHERE c.id = :case AND {visible}"


def held_back(visible: str) -> str:
    """Counts what the viewer may not read of one case, by service."""
    return f"""
SELECT e.service, count(*) FROM entries e WHERE e.case_id = :case AND ({visible}) IS NOT TRUE GROUP BY e.service"""


def found_entries(case_visible: str, visible: str) -> str:
    return f"""
SELECT e.case_id, e.id, e.on_date, e.kind, e.service, e.title, e.text, e.outcome, e.participants, {_located("e.place")}
FROM {search.FOUND_ENTRIES} JOIN cases c ON c.id = e.case_id JOIN youths y ON y.id = c.youth_id
WHERE {search.ASKED} AND {case_visible} AND {visible}
ORDER BY {search.NEWEST} LIMIT :limit"""


# People around the youth ---------------------------------------------------------------------------------------------

# The place in the service that is asked for goes before their other places.
CARD = """
SELECT k.name, r.role, u.name, k.phone, k.email, k.confirmed_on, k.left_on, k.bounced_on
FROM contacts k
    LEFT JOIN contact_roles r ON r.contact_id = k.id
        AND (r.starts_on IS NULL OR r.starts_on <= :today) AND (r.ends_on IS NULL OR r.ends_on >= :today)
    LEFT JOIN units u ON u.id = r.unit_id
WHERE k.id = :contact
ORDER BY (u.service = :service) IS TRUE DESC, r.id LIMIT 1"""

DEPUTIES = """
SELECT d.deputy_id FROM deputies d
WHERE d.contact_id = :contact AND d.starts_on <= :today AND (d.ends_on IS NULL OR d.ends_on >= :today) ORDER BY d.id"""

UNIT_CARD = "SELECT name, phone, email FROM units WHERE id = ?"

# History -------------------------------------------------------------------------------------------------------------

_BATCH = "SELECT b.id, b.at, b.by_name, b.by_service, b.by_contact_id, b.why FROM batches b"


def latest_batches(case_visible: str) -> str:
    """Batches that may concern the viewer: their service's, those on no case, those on cases they may see."""
    return f"""{_BATCH}
WHERE b.by_service = :service
    OR NOT EXISTS (SELECT 1 FROM batch_cases bc WHERE bc.batch = b.id)
    OR EXISTS (
        SELECT 1 FROM batch_cases bc JOIN cases c ON c.id = bc.case_id WHERE bc.batch = b.id AND {case_visible})
ORDER BY b.id DESC"""


BATCHES_OF_CASE = f"{_BATCH} JOIN batch_cases bc ON bc.batch = b.id WHERE bc.case_id = :case ORDER BY b.id DESC"

BATCH_ROWS = """
SELECT tbl, min(first_id), max(last_id), sum(n) FROM (
    SELECT tbl, first_id, last_id, last_id - first_id + 1 AS n FROM batch_inserts WHERE batch = :batch
    UNION ALL
    SELECT tbl, NULL, NULL, count(DISTINCT row_id) FROM ledger WHERE batch = :batch GROUP BY tbl
) AS touched GROUP BY tbl"""


def cases_of_batch(case_visible: str) -> str:
    return f"""
SELECT bc.case_id FROM batch_cases bc JOIN cases c ON c.id = bc.case_id
WHERE bc.batch = :batch AND {case_visible} ORDER BY bc.case_id LIMIT :limit"""


_OF_BATCH = """({a}.id BETWEEN :first AND :last
    OR {a}.id IN (SELECT l.row_id FROM ledger l WHERE l.batch = :batch AND l.tbl = :tbl))"""


def rows_of_batch(
    table: str, case_visible: str, entry_visible: str, task_visible: str, on_case: str, *, one_case: bool
) -> str:
    """Ids of the rows of a table that a batch touched, that are there, and that the lens lets through.

    With `one_case`, those of the case `:case` only. They are looked up by the case then (the plus keeps the engine from
    going by the batch): a county's import is one batch, and a case has few rows.
    """
    of_case = "c.id = :case" if one_case else "1 = 1"
    of_batch = _OF_BATCH.replace("{a}", "+{a}") if one_case else _OF_BATCH
    seen = f"{case_visible} AND {of_case}"
    of_meeting = _of_meeting(f"{on_case} AND {of_case}", one_case)
    alias, source, rule = {
        "entries": ("e", "entries e JOIN cases c ON c.id = e.case_id", f"{entry_visible} AND {seen}"),
        "consents": (
            "k",
            "consents k JOIN entries e ON e.id = k.entry_id JOIN cases c ON c.id = e.case_id",
            f"{entry_visible} AND {seen}",
        ),
        "tasks": ("t", "tasks t LEFT JOIN cases c ON c.id = t.case_id", f"{task_visible} AND {of_case}"),
        "cases": ("c", "cases c", seen),
        "responsibles": ("r", "responsibles r JOIN cases c ON c.id = r.case_id", seen),
        "parties": ("p", "parties p JOIN cases c ON c.id = p.case_id", seen),
        "youths": ("y", "youths y", _of_youth("y.id", seen, one_case)),
        "guardians": ("g", "guardians g", _of_youth("g.youth_id", seen, one_case)),
        "meetings": ("m", f"meetings m {_MEETING_CASE}", of_meeting),
    }.get(table) or (
        "x",
        f"{table} x JOIN meetings m ON m.id = x.meeting_id {_MEETING_CASE}",
        of_meeting,
    )
    return f"SELECT {alias}.id FROM {source} WHERE {of_batch.format(a=alias)} AND {rule}"


_MEETING_CASE = "LEFT JOIN cases c ON c.id = m.case_id"


def _of_meeting(seen: str, one_case: bool) -> str:
    """Most meetings are of no case, and everybody's to know of."""
    return seen if one_case else f"(m.case_id IS NULL OR ({seen}))"


def _of_youth(youth_id: str, seen: str, one_case: bool) -> str:
    if one_case:
        return f"{youth_id} = (SELECT c.youth_id FROM cases c WHERE {seen})"
    return f"EXISTS (SELECT 1 FROM cases c WHERE c.youth_id = {youth_id} AND {seen})"


def gone_rows_of_batch(table: str) -> str:
    """Rows of a table that a batch touched and that are there no more: id and what they were, the latest last."""
    gone = f"""SELECT gone.id, gone.row_id, gone.before FROM ledger gone
WHERE gone.tbl = :tbl AND gone.op = 'D' AND NOT EXISTS (SELECT 1 FROM {table} x WHERE x.id = gone.row_id)"""
    return f"""
SELECT row_id, before FROM (
    {gone} AND gone.row_id BETWEEN :first AND :last
    UNION
    {gone} AND gone.row_id IN (SELECT l.row_id FROM ledger l WHERE l.batch = :batch AND l.tbl = :tbl)
) AS both_ways ORDER BY id"""
