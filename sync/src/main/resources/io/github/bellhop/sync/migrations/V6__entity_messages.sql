-- What came about one entity is looked for by people, who cannot wait until the whole inbox is read.
create index bellhop_inbox_entity on bellhop_inbox (entity_id);
