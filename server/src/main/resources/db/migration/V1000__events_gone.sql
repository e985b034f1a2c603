-- Who still has to hear that an event they meant to come to was deleted: all that is said of it,
-- since nothing else of it is left. A row leaves once its reader is told.
create table event_gone (
  id bigint primary key,
  -- who speaks: the event's author, while there is one
  publisher_id bigint references actor on delete set null,
  name text not null,
  language text,
  start_time timestamptz not null,
  end_time timestamptz,
  timezone text not null,
  place text,
  actor_id bigint references actor on delete cascade,
  guest_name text,
  guest_email text,
  published timestamptz not null default now()
);
