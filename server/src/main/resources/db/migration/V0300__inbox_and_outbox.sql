-- Each running process says that it is alive; rows held by a process that is not are free again.
create table process (
  id uuid primary key,
  alive_until timestamptz not null
);

-- Activities that were answered with 202 and whose effect is still to come.
create table inbox (
  id bigint primary key,
  activity_uri text not null,
  actor_uri text not null,
  order_key bigint not null,
  trusted boolean not null,
  body bytea not null,
  received timestamptz not null,
  holder uuid,
  tries smallint not null default 0,
  due timestamptz not null default now(),
  error text,
  parked timestamptz
) with (toast_tuple_target = 8160, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0.02);
alter table inbox alter column body set storage external;
create index inbox_free on inbox (due) where holder is null and parked is null;

-- Every activity that was ever accepted, by id and content together: peers repeat deliveries for
-- days, and some use one id for a Create and each of its Updates.
create table inbox_seen (
  fingerprint uuid primary key,
  received timestamptz not null default now()
);
create index inbox_seen_age on inbox_seen using brin (received);

-- Undos that came before what they undo.
create table undone (
  activity_uri text not null,
  actor_uri text not null,
  received timestamptz not null default now(),
  primary key (activity_uri, actor_uri)
);

-- What local actors sent.
create table activity (
  id bigint primary key,
  uri text not null unique,
  actor_id bigint not null references actor on delete cascade,
  type text not null,
  body text not null,
  is_public boolean not null,
  published timestamptz not null default now()
);
create index activity_actor on activity (actor_id, id desc);

-- One row per inbox that still has to get an activity.
create table delivery (
  id bigint primary key,
  activity_id bigint not null references activity on delete cascade,
  actor_id bigint not null references actor on delete cascade,
  inbox text not null,
  host text not null,
  order_key bigint not null,
  holder uuid,
  tries smallint not null default 0,
  due timestamptz not null default now(),
  error text,
  published timestamptz not null default now()
) with (autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0.02);
create index delivery_due on delivery (due, id) where holder is null;
create index delivery_order on delivery (host, order_key, id);
create index delivery_activity on delivery (activity_id);
create index delivery_held on delivery (holder) where holder is not null;

-- What this server knows of the hosts it talks to.
create table peer (
  host text primary key,
  software text,
  version text,
  software_at timestamptz,
  receiver text check (receiver in ('EVENT_AWARE', 'GANCIO', 'WORDPRESS', 'MICROBLOG', 'FORUM')),
  last_success timestamptz,
  last_failure timestamptz,
  failures integer not null default 0,
  failed_days smallint not null default 0,
  last_failed_day date,
  retry_at timestamptz,
  last_error text,
  updated timestamptz not null default now()
);
comment on column peer.receiver is 'chosen by the admin instead of what the software suggests';
