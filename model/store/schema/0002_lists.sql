-- Contact lists that have a life: an owner, entries, readings, rounds and editions.
-- What is sent or published stays: its tables name people and units by number and name, without hanging on them, so that
-- undoing an import still finds the directory free.

CREATE TABLE lists (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    roles TEXT NOT NULL DEFAULT '',     -- codes, comma-separated: whom the list is of
    audience TEXT NOT NULL DEFAULT '',  -- codes of roles, comma-separated: whom it is for
    owner_id INTEGER REFERENCES contacts (id) ON DELETE RESTRICT,
    cadence_months INTEGER CHECK (cadence_months > 0),
    note TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX lists_owner ON lists (owner_id);

-- Who is on a list. `ended_on`: no longer, since that day.
CREATE TABLE list_entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id INTEGER NOT NULL REFERENCES lists (id) ON DELETE RESTRICT,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE RESTRICT,
    ended_on TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE UNIQUE INDEX list_entries_contact ON list_entries (contact_id, list_id);
CREATE INDEX list_entries_list ON list_entries (list_id);

-- A file that was read: whom it named, and on which line (`seen`: see model/contacts/sightings.py). One row however long
-- the file, so that a list read every night does not outgrow the people on it; and outside the ledger, so that a night
-- with nothing new is no work to undo. `batch`: the newest when it was read; with `wrote`, the one that took it in.
CREATE TABLE list_readings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id INTEGER,
    file TEXT NOT NULL,
    on_date TEXT NOT NULL,
    people INTEGER NOT NULL,
    seen TEXT NOT NULL,
    wrote INTEGER NOT NULL CHECK (wrote IN (0, 1)),
    batch INTEGER NOT NULL
) STRICT;
CREATE INDEX list_readings_list ON list_readings (list_id, on_date);
CREATE INDEX list_readings_batch ON list_readings (batch);

-- A round asks every unit whether its rows still hold.
CREATE TABLE rounds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id INTEGER NOT NULL,
    list_name TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    closed_on TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX rounds_list ON rounds (list_id, starts_on);
CREATE UNIQUE INDEX rounds_running ON rounds (list_id) WHERE closed_on IS NULL;

-- What was sent: one row a unit and time. `unit_id` 0: those without a unit.
CREATE TABLE round_mails (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    round_id INTEGER NOT NULL REFERENCES rounds (id) ON DELETE RESTRICT,
    unit_id INTEGER NOT NULL,
    unit_name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('first', 'reminder')),
    to_name TEXT,
    to_email TEXT,
    people INTEGER NOT NULL,
    on_date TEXT NOT NULL,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX round_mails_round ON round_mails (round_id, unit_id);

CREATE TABLE round_answers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    round_id INTEGER NOT NULL REFERENCES rounds (id) ON DELETE RESTRICT,
    unit_id INTEGER NOT NULL,
    file TEXT,
    on_date TEXT NOT NULL,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX round_answers_round ON round_answers (round_id, unit_id);

-- A list as it was published. `recipients`: a JSON list of {id, name, unit, email}; `content`: see model/lists/editions.py.
CREATE TABLE editions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id INTEGER NOT NULL,
    list_name TEXT NOT NULL,
    on_date TEXT NOT NULL,
    formats TEXT NOT NULL,
    recipients TEXT NOT NULL,
    people INTEGER NOT NULL,
    content TEXT NOT NULL,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX editions_list ON editions (list_id, on_date);

-- The list that a contact carried as a word becomes an entry, as a part of the batch that brought the contact.
INSERT INTO lists (name, title, batch)
SELECT list, list, (SELECT min(id) FROM batches) FROM contacts WHERE list IS NOT NULL GROUP BY list ORDER BY min(id);
INSERT INTO list_entries (list_id, contact_id, batch)
SELECT l.id, c.id, b.batch
FROM contacts c
JOIN lists l ON l.name = c.list
JOIN batch_inserts b ON b.tbl = 'contacts' AND c.id BETWEEN b.first_id AND b.last_id
ORDER BY b.batch, c.id;
INSERT INTO batch_inserts (batch, tbl, first_id, last_id)
SELECT batch, 'list_entries', min(id), max(id) FROM list_entries GROUP BY batch;
ALTER TABLE contacts DROP COLUMN list;

-- Mail to the address came back on that day.
ALTER TABLE contacts ADD COLUMN bounced_on TEXT;
-- Two rows were one person: this one is the other now.
ALTER TABLE contacts ADD COLUMN merged_into INTEGER REFERENCES contacts (id) ON DELETE RESTRICT;
CREATE INDEX contacts_merged ON contacts (merged_into);
