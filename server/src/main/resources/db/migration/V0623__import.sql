-- Calendars of others: shown in the agenda with their source, never published as ours.
create table import_source (
  id bigint primary key,
  name text not null,
  -- null for a file
  url text unique,
  actor_id bigint references actor on delete set null,
  etag text,
  modified text,
  problem text,
  tries integer not null default 0,
  checked_at timestamptz,
  next_check timestamptz,
  published timestamptz not null default now()
);
create index import_source_due on import_source (next_check) where next_check is not null;

create table imported_event (
  id bigint primary key,
  source_id bigint not null references import_source on delete cascade,
  uid text not null,
  -- which occurrence of a repeated one; empty for a single one
  recurrence text not null default '',
  name text not null,
  start_time timestamptz not null,
  end_time timestamptz not null,
  timezone text not null,
  all_day boolean not null default false,
  place_name text,
  latitude double precision,
  longitude double precision,
  url text,
  description text not null default '',
  category text,
  status text not null default 'CONFIRMED' check (status in ('CONFIRMED', 'TENTATIVE', 'CANCELLED')),
  sequence integer not null default 0,
  -- our event, once an animator made one of it
  post_id bigint references post on delete set null,
  unique (source_id, uid, recurrence)
);
create index imported_event_start on imported_event (start_time, id);

-- Two things that look like one and are not, as somebody said.
create table apart (
  one text not null,
  other text not null,
  actor_id bigint references actor on delete set null,
  published timestamptz not null default now(),
  primary key (one, other)
);
