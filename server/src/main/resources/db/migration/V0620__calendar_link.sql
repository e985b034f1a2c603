-- The secret address of one's own calendar, kept as its SHA-256: whoever holds the database cannot read along.
create table calendar_link (
  actor_id bigint primary key references actor on delete cascade,
  secret bytea not null unique,
  published timestamptz not null default now()
);
