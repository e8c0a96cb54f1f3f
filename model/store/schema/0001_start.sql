-- The store as it began. STRICT tables, dates as ISO text, foreign keys that only ever restrict.
-- Every table that people's work lands in has `id … AUTOINCREMENT` (a number never comes to mean another youth) and `batch`,
-- the batch that gave the row its present content. Ledger triggers are made from these columns by model/store/ledger.py.

-- "Saml": a SQLite file without this number is some other program's.
PRAGMA application_id = 1398893932;

CREATE TABLE about (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    store_id TEXT NOT NULL,
    controller TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

-- The door: holds the number of the batch being written, and nothing between batches.
CREATE TABLE door (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    batch INTEGER,
    undoing INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO door (id) VALUES (1);

CREATE TABLE batches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    by_contact_id INTEGER REFERENCES contacts (id) ON DELETE RESTRICT,
    by_name TEXT NOT NULL,
    by_service TEXT NOT NULL,
    why TEXT NOT NULL,
    details TEXT NOT NULL DEFAULT '{}',
    undoes INTEGER REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX batches_by ON batches (by_contact_id, id);
CREATE INDEX batches_undoes ON batches (undoes) WHERE undoes IS NOT NULL;

-- What a batch inserted, one range of ids a table.
CREATE TABLE batch_inserts (
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT,
    tbl TEXT NOT NULL,
    first_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL,
    PRIMARY KEY (batch, tbl)
) STRICT, WITHOUT ROWID;

-- What rows were before a batch changed (U) or deleted (D) them; I is a row that an undo put back.
CREATE TABLE ledger (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT,
    tbl TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    op TEXT NOT NULL CHECK (op IN ('U', 'D', 'I')),
    before TEXT,
    left_as INTEGER
) STRICT;
CREATE INDEX ledger_batch ON ledger (batch, tbl);
CREATE INDEX ledger_row ON ledger (tbl, row_id);

CREATE TABLE batch_cases (
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT,
    case_id INTEGER NOT NULL,
    PRIMARY KEY (case_id, batch)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_cases_batch ON batch_cases (batch);

-- Contacts ------------------------------------------------------------------------------------------------------------

CREATE TABLE units (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    service TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    folded TEXT NOT NULL,
    municipality_no TEXT CHECK (length(municipality_no) = 4),
    county_no TEXT CHECK (length(county_no) = 2),
    phone TEXT,
    email TEXT,
    language_form TEXT,
    external_id TEXT,
    starts_on TEXT,
    ends_on TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX units_folded ON units (folded);
CREATE UNIQUE INDEX units_external ON units (external_id) WHERE external_id IS NOT NULL;

CREATE TABLE contacts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (name <> ''),
    folded TEXT NOT NULL,
    phone TEXT,
    email TEXT,
    external_id TEXT,
    language_form TEXT,
    municipality_no TEXT CHECK (length(municipality_no) = 4),
    confirmed_on TEXT,
    list TEXT,
    note TEXT,
    left_on TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX contacts_folded ON contacts (folded);
CREATE INDEX contacts_email ON contacts (email) WHERE email IS NOT NULL;
CREATE UNIQUE INDEX contacts_external ON contacts (external_id) WHERE external_id IS NOT NULL;

-- `role` is a code of model/terms.py, or the words of a list that no code fits; '' where a list told only the unit.
CREATE TABLE contact_roles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE RESTRICT,
    role TEXT NOT NULL,
    unit_id INTEGER REFERENCES units (id) ON DELETE RESTRICT,
    starts_on TEXT,
    ends_on TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT,
    CHECK (role <> '' OR unit_id IS NOT NULL)
) STRICT;
CREATE INDEX contact_roles_contact ON contact_roles (contact_id);
CREATE INDEX contact_roles_unit ON contact_roles (unit_id);

CREATE TABLE deputies (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE RESTRICT,
    deputy_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE RESTRICT CHECK (deputy_id <> contact_id),
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX deputies_contact ON deputies (contact_id);
CREATE INDEX deputies_deputy ON deputies (deputy_id);

-- Who serves whom: never a guess, a dated row or unknown.
CREATE TABLE nav_coverage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    unit_id INTEGER NOT NULL REFERENCES units (id) ON DELETE RESTRICT,
    municipality_no TEXT NOT NULL CHECK (length(municipality_no) = 4),
    district TEXT,
    starts_on TEXT,
    ends_on TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX nav_coverage_municipality ON nav_coverage (municipality_no);
CREATE INDEX nav_coverage_unit ON nav_coverage (unit_id);

CREATE TABLE ot_coverage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE RESTRICT,
    school_id INTEGER REFERENCES units (id) ON DELETE RESTRICT,
    municipality_no TEXT CHECK (length(municipality_no) = 4),
    starts_on TEXT,
    ends_on TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT,
    CHECK ((school_id IS NULL) <> (municipality_no IS NULL))
) STRICT;
CREATE INDEX ot_coverage_contact ON ot_coverage (contact_id);
CREATE INDEX ot_coverage_school ON ot_coverage (school_id);
CREATE INDEX ot_coverage_municipality ON ot_coverage (municipality_no);

-- Cases ---------------------------------------------------------------------------------------------------------------

CREATE TABLE youths (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (name <> ''),
    folded TEXT NOT NULL,
    birth_date TEXT,
    phone TEXT,
    email TEXT,
    local_id TEXT,
    municipality_no TEXT CHECK (length(municipality_no) = 4),
    district TEXT,
    lodging TEXT,
    school_id INTEGER REFERENCES units (id) ON DELETE RESTRICT,
    programme TEXT,
    level TEXT,
    education_right TEXT NOT NULL DEFAULT 'unknown',
    language_form TEXT,
    interpreter_language TEXT,
    protection TEXT NOT NULL DEFAULT 'none',
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE UNIQUE INDEX youths_local ON youths (local_id) WHERE local_id IS NOT NULL;
CREATE INDEX youths_folded ON youths (folded, birth_date);
CREATE INDEX youths_school ON youths (school_id);

CREATE TABLE guardians (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    youth_id INTEGER NOT NULL REFERENCES youths (id) ON DELETE RESTRICT,
    name TEXT NOT NULL CHECK (name <> ''),
    relation TEXT,
    phone TEXT,
    email TEXT,
    parental_responsibility TEXT NOT NULL DEFAULT 'unknown',
    interpreter_language TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX guardians_youth ON guardians (youth_id);

-- `concerns` holds tags of model/terms.py, comma-separated in the order of the code set.
CREATE TABLE cases (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    youth_id INTEGER NOT NULL REFERENCES youths (id) ON DELETE RESTRICT,
    track TEXT NOT NULL,
    status TEXT NOT NULL,
    ot_status TEXT,
    reason TEXT,
    channel TEXT,
    concerns TEXT NOT NULL DEFAULT '',
    service TEXT NOT NULL,
    unit_id INTEGER REFERENCES units (id) ON DELETE RESTRICT,
    opened_on TEXT NOT NULL,
    closed_on TEXT,
    close_reason TEXT,
    contact_person_id INTEGER REFERENCES contacts (id) ON DELETE RESTRICT,
    contact_person_on TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT,
    CHECK ((status = 'closed') = (closed_on IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX cases_open ON cases (youth_id, track) WHERE closed_on IS NULL;
CREATE INDEX cases_youth ON cases (youth_id);
-- The caseload reads no more of a case than this.
CREATE INDEX cases_standing ON cases (closed_on, id, status, opened_on, ot_status, track);
CREATE INDEX cases_unit ON cases (unit_id) WHERE unit_id IS NOT NULL;
CREATE INDEX cases_contact_person ON cases (contact_person_id) WHERE contact_person_id IS NOT NULL;

-- One responsible per service at a time.
CREATE TABLE responsibles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE RESTRICT,
    service TEXT NOT NULL,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE RESTRICT,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE UNIQUE INDEX responsibles_now ON responsibles (case_id, service) WHERE ends_on IS NULL;
CREATE INDEX responsibles_contact ON responsibles (contact_id, ends_on);
CREATE INDEX responsibles_case ON responsibles (case_id);

-- The other services and people on the case (R08).
CREATE TABLE parties (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE RESTRICT,
    service TEXT NOT NULL,
    unit_id INTEGER REFERENCES units (id) ON DELETE RESTRICT,
    contact_id INTEGER REFERENCES contacts (id) ON DELETE RESTRICT,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX parties_case ON parties (case_id);
CREATE INDEX parties_unit ON parties (unit_id);
CREATE INDEX parties_contact ON parties (contact_id);

-- `with_youth`/`with_guardian`: who was reached, two-way. `stage`: of a measure or a consent. `follows_id`: the entry a
-- change or an end speaks of. `until_on`: the end of a span, when it is known.
CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE RESTRICT,
    kind TEXT NOT NULL,
    stage TEXT,
    on_date TEXT NOT NULL,
    until_on TEXT,
    service TEXT NOT NULL,
    unit_id INTEGER REFERENCES units (id) ON DELETE RESTRICT,
    author_id INTEGER REFERENCES contacts (id) ON DELETE RESTRICT,
    author_name TEXT NOT NULL,
    with_youth INTEGER NOT NULL DEFAULT 0 CHECK (with_youth IN (0, 1)),
    with_guardian INTEGER NOT NULL DEFAULT 0 CHECK (with_guardian IN (0, 1)),
    channel TEXT,
    place TEXT,
    minutes INTEGER,
    title TEXT,
    text TEXT,
    participants TEXT,
    outcome TEXT,
    system TEXT,
    reference TEXT,
    follows_id INTEGER REFERENCES entries (id) ON DELETE RESTRICT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX entries_case ON entries (case_id, on_date);
CREATE INDEX entries_unit ON entries (unit_id) WHERE unit_id IS NOT NULL;
CREATE INDEX entries_author ON entries (author_id);
CREATE INDEX entries_follows ON entries (follows_id) WHERE follows_id IS NOT NULL;

-- What a consent entry says: who lets which service give to which. An event, corrected by a later one.
CREATE TABLE consents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entry_id INTEGER NOT NULL UNIQUE REFERENCES entries (id) ON DELETE RESTRICT,
    from_service TEXT NOT NULL,
    to_service TEXT NOT NULL CHECK (to_service <> from_service),
    to_unit_id INTEGER REFERENCES units (id) ON DELETE RESTRICT,
    given_by TEXT NOT NULL,
    form TEXT NOT NULL,
    purpose TEXT,
    valid_from TEXT NOT NULL,
    valid_until TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX consents_to_unit ON consents (to_unit_id) WHERE to_unit_id IS NOT NULL;

CREATE TABLE tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id INTEGER REFERENCES cases (id) ON DELETE RESTRICT,
    title TEXT NOT NULL CHECK (title <> ''),
    note TEXT,
    due_on TEXT,
    service TEXT NOT NULL,
    unit_id INTEGER REFERENCES units (id) ON DELETE RESTRICT,
    owner_id INTEGER REFERENCES contacts (id) ON DELETE RESTRICT,
    done_on TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX tasks_case ON tasks (case_id);
CREATE INDEX tasks_unit ON tasks (unit_id) WHERE unit_id IS NOT NULL;
CREATE INDEX tasks_owner ON tasks (owner_id);
CREATE INDEX tasks_open ON tasks (owner_id, due_on) WHERE done_on IS NULL;

-- Kept over the above by the write door, and rebuilt from it at any time --------------------------------------------------

-- Dates only, one row a case and service.
CREATE TABLE facts (
    case_id INTEGER NOT NULL,
    service TEXT NOT NULL,
    unit_id INTEGER NOT NULL DEFAULT 0,
    first_contact_on TEXT,
    last_contact_on TEXT,
    last_attempt_on TEXT,
    last_guardian_on TEXT,
    last_note_on TEXT,
    next_task_on TEXT,
    PRIMARY KEY (case_id, service, unit_id)
) STRICT, WITHOUT ROWID;

-- The consents that stand: the last word said on each case from one service to another (or to one unit of it).
CREATE TABLE standing_consents (
    case_id INTEGER NOT NULL,
    from_service TEXT NOT NULL,
    to_service TEXT NOT NULL,
    to_unit_id INTEGER NOT NULL DEFAULT 0,
    entry_id INTEGER NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT,
    PRIMARY KEY (to_service, case_id, from_service, to_unit_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX standing_consents_case ON standing_consents (case_id);

-- Which services are on a case, and for services that work unit by unit, which units.
CREATE TABLE insiders (
    service TEXT NOT NULL,
    unit_id INTEGER NOT NULL DEFAULT 0,
    case_id INTEGER NOT NULL,
    PRIMARY KEY (service, unit_id, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX insiders_case ON insiders (case_id);

-- Folded words of entries; only ever asked through the lens.
CREATE VIRTUAL TABLE entry_words USING fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61');

-- One person's own, outside the ledger ------------------------------------------------------------------------------------

CREATE TABLE drafts (
    owner TEXT NOT NULL,
    form TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (owner, form, subject_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_views (
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    filter TEXT NOT NULL,
    PRIMARY KEY (owner, name)
) STRICT, WITHOUT ROWID;
