"""Units, contacts, roles and who serves whom; contact lists read, matched, planned and applied."""
