-- When a calendar was last asked for, whoever wanted that: not twice within a minute.
alter table import_source add column asked_at timestamptz;
