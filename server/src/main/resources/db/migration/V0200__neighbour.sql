-- Servers that were added here, or whose own actor asked to follow ours. The follows themselves are
-- rows of follow; this table remembers who was added, and the work that an answer brings.
create table neighbour (
  host text primary key,
  actor_id bigint references actor on delete set null,
  added boolean not null,
  state text not null check (state in ('requested', 'found', 'failed')),
  problem text,
  replay boolean not null default false,
  backfill boolean not null default false,
  attempts integer not null default 0,
  next_at timestamptz not null default now(),
  published timestamptz not null default now()
);
create index neighbour_work on neighbour (next_at) where state = 'requested' or replay or backfill;
create index neighbour_actor on neighbour (actor_id);
