"""The SQL of examining a store."""

from __future__ import annotations

CIPHER_CHECK = "PRAGMA cipher_integrity_check"
CHECK = "PRAGMA integrity_check"
HANGING = 'SELECT DISTINCT "table" FROM pragma_foreign_key_check ORDER BY 1'
OPEN_DOOR = "SELECT count(*) FROM door WHERE batch IS NOT NULL OR undoing <> 0"
DOORS = "SELECT count(*) FROM door"
SHUT_DOOR = "INSERT INTO door (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET batch = NULL, undoing = 0"
DRAFT_OWNERS = "SELECT DISTINCT owner FROM drafts ORDER BY owner"
CONTACT = "SELECT 1 FROM contacts WHERE id = ?"
DROP_DRAFTS = "DELETE FROM drafts WHERE owner = ?"
