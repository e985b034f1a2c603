-- Events that repeat: a template here, each occurrence an event of its own that is published some weeks ahead.
create table series (
  id bigint primary key,
  uuid uuid not null unique,
  actor_id bigint not null references actor on delete cascade,
  -- an RRULE (RFC 5545) on the wall clock of the zone
  rule text not null,
  start_local timestamp not null,
  timezone text not null,
  -- the fields of the event's form, and the language it is written in
  template jsonb not null,
  language text not null,
  paused boolean not null default false,
  -- nothing is planned at this wall time or later
  ends_before timestamp,
  next_check timestamptz not null default now(),
  published timestamptz not null default now()
);
create index series_due on series (next_check) where not paused;
create index series_actor on series (actor_id, id desc);

create table series_occurrence (
  series_id bigint not null references series on delete cascade,
  planned timestamp not null,
  -- null when this one is left out, or was deleted
  post_id bigint unique references post on delete set null,
  -- what event.sequence was when the series last wrote it: another number means that people changed it
  sequence integer not null default 0,
  primary key (series_id, planned)
);
