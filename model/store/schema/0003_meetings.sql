-- The meeting year: kinds, meetings with their people, agendas, minutes and what comes of them; agreements and groups.
-- Participants name people and units by number and name, without hanging on them: an invitation sent stays what it was
-- when an import is undone.

-- A county's own word on a kind of meeting; what it does not say is in model/meetings/kinds.py.
CREATE TABLE meeting_kinds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    roles TEXT NOT NULL DEFAULT '',        -- codes of roles, comma-separated: who is invited
    month INTEGER CHECK (month BETWEEN 1 AND 12),
    per_year INTEGER CHECK (per_year > 0), -- none: by agreement
    called_by TEXT NOT NULL DEFAULT 'county',
    call_days INTEGER NOT NULL DEFAULT 21 CHECK (call_days >= 0),
    minutes_days INTEGER NOT NULL DEFAULT 14 CHECK (minutes_days >= 0),
    agenda TEXT NOT NULL DEFAULT '',       -- standing items, one a line
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;

-- Agreements between a school, a NAV office and others, signed by their leaders.
CREATE TABLE agreements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL CHECK (title <> ''),
    starts_on TEXT,
    ends_on TEXT,
    evaluate_on TEXT,
    evaluated_on TEXT,
    ended_on TEXT,
    reference TEXT,
    note TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;

CREATE TABLE agreement_parties (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    agreement_id INTEGER NOT NULL REFERENCES agreements (id) ON DELETE RESTRICT,
    unit_id INTEGER REFERENCES units (id) ON DELETE RESTRICT,
    name TEXT NOT NULL CHECK (name <> ''),
    leader TEXT,
    signed_on TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX agreement_parties_agreement ON agreement_parties (agreement_id);
CREATE INDEX agreement_parties_unit ON agreement_parties (unit_id);

-- Steering groups, and others that meet with the same people.
CREATE TABLE meeting_groups (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (name <> ''),
    agreement_id INTEGER REFERENCES agreements (id) ON DELETE RESTRICT,
    ended_on TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX meeting_groups_agreement ON meeting_groups (agreement_id);

CREATE TABLE group_members (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL REFERENCES meeting_groups (id) ON DELETE RESTRICT,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE RESTRICT,
    role TEXT NOT NULL DEFAULT '',
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX group_members_group ON group_members (group_id);
CREATE INDEX group_members_contact ON group_members (contact_id);
CREATE UNIQUE INDEX group_members_once ON group_members (group_id, contact_id) WHERE ends_on IS NULL;

-- `case_id`: a meeting of one case, whose participants are its parties. `uid`, `sequence`: what calendars know it by.
CREATE TABLE meetings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    title TEXT NOT NULL CHECK (title <> ''),
    year INTEGER NOT NULL,
    number INTEGER NOT NULL DEFAULT 1,     -- of the year, for kinds that are held several times
    case_id INTEGER REFERENCES cases (id) ON DELETE RESTRICT,
    group_id INTEGER REFERENCES meeting_groups (id) ON DELETE RESTRICT,
    county_no TEXT CHECK (length(county_no) = 2),
    on_date TEXT,
    starts_at TEXT,
    ends_at TEXT,
    place TEXT,
    note TEXT,
    language_form TEXT,
    follows_id INTEGER REFERENCES meetings (id) ON DELETE RESTRICT,
    called_on TEXT,
    held_on TEXT,
    cancelled_on TEXT,
    uid TEXT NOT NULL UNIQUE,
    sequence INTEGER NOT NULL DEFAULT 0,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX meetings_year ON meetings (year, kind);
-- What makes two of them the same meeting; one that was called off makes room for another.
CREATE UNIQUE INDEX meetings_once ON meetings
    (kind, year, number, coalesce(group_id, 0), coalesce(case_id, 0), coalesce(county_no, ''))
    WHERE cancelled_on IS NULL;
CREATE INDEX meetings_case ON meetings (case_id);
CREATE INDEX meetings_group ON meetings (group_id);
CREATE INDEX meetings_follows ON meetings (follows_id);

CREATE TABLE participants (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meetings (id) ON DELETE RESTRICT,
    contact_id INTEGER,                    -- none: a guest
    name TEXT NOT NULL CHECK (name <> ''),
    role TEXT NOT NULL DEFAULT '',
    unit_id INTEGER,
    unit TEXT,
    email TEXT,
    language_form TEXT,
    reply TEXT NOT NULL DEFAULT 'none',
    replied_on TEXT,
    attendance TEXT NOT NULL DEFAULT 'unknown',
    note TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX participants_meeting ON participants (meeting_id);
CREATE UNIQUE INDEX participants_once ON participants (meeting_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX participants_contact ON participants (contact_id);

CREATE TABLE agenda_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meetings (id) ON DELETE RESTRICT,
    position INTEGER NOT NULL,
    title TEXT NOT NULL CHECK (title <> ''),
    text TEXT,
    origin TEXT NOT NULL DEFAULT 'added' CHECK (origin IN ('standing', 'open_point', 'lists', 'numbers', 'added')),
    action_id INTEGER REFERENCES actions (id) ON DELETE RESTRICT,  -- the open point it is about
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX agenda_items_meeting ON agenda_items (meeting_id, position);
CREATE INDEX agenda_items_action ON agenda_items (action_id);

-- The invitations that went out, and what called them off: one row each time.
CREATE TABLE invitations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    method TEXT NOT NULL CHECK (method IN ('REQUEST', 'CANCEL')),
    on_date TEXT NOT NULL,
    recipients TEXT NOT NULL,              -- a JSON list of {id, name, email}
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX invitations_meeting ON invitations (meeting_id);

-- Filed minutes; the newest version of a meeting's counts. `content`: the whole record as canonical JSON, in which a
-- published document is made; `digest` of what was filed, so that filing the same again does nothing.
CREATE TABLE minutes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meetings (id) ON DELETE RESTRICT,
    version INTEGER NOT NULL,
    filed_on TEXT NOT NULL,
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    missing INTEGER NOT NULL DEFAULT 0,    -- how much they lacked
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE UNIQUE INDEX minutes_meeting ON minutes (meeting_id, version);

-- What a meeting decided, and what somebody is to do. `key`: what minutes call it (`d1`, `a2`), kept from version to version.
-- Actions live on as tasks; `from_id`: the action of an earlier meeting that this one carries on.
CREATE TABLE actions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meetings (id) ON DELETE RESTRICT,
    kind TEXT NOT NULL CHECK (kind IN ('decision', 'action')),
    key TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    owner_id INTEGER,
    owner TEXT,
    due_on TEXT,
    task_id INTEGER REFERENCES tasks (id) ON DELETE RESTRICT,
    from_id INTEGER REFERENCES actions (id) ON DELETE RESTRICT,
    done_on TEXT,                          -- where there is no task to say so
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE UNIQUE INDEX actions_meeting ON actions (meeting_id, kind, key);
CREATE INDEX actions_task ON actions (task_id);
CREATE INDEX actions_from ON actions (from_id);
CREATE INDEX actions_owner ON actions (owner_id);

CREATE TABLE publications (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    format TEXT NOT NULL,
    language TEXT NOT NULL,
    digest TEXT NOT NULL,
    on_date TEXT NOT NULL,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE UNIQUE INDEX publications_once ON publications (meeting_id, format, language, digest);
