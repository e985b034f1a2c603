-- The village's own places: halls, squares, schools. Animators keep the list; events at them know which.
create table place (
  id bigint primary key,
  name text not null,
  street text,
  postal_code text,
  locality text,
  latitude double precision,
  longitude double precision,
  note text not null default '',
  published timestamptz not null default now(),
  check ((latitude is null) = (longitude is null))
);
create unique index place_name on place (lower(name));

alter table event add column place_id bigint references place on delete set null;
create index event_place on event (place_id, start_time) where place_id is not null;
