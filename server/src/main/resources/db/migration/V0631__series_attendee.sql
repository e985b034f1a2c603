-- Who comes to all dates of a series: each new one finds them on its list.
create table series_attendee (
  series_id bigint not null references series on delete cascade,
  actor_id bigint not null references actor on delete cascade,
  party smallint not null default 1 check (party between 1 and 20),
  published timestamptz not null default now(),
  primary key (series_id, actor_id)
);
create index series_attendee_actor on series_attendee (actor_id);
