-- Who speaks for an association or the town hall (a Service actor of this server).
create table speaker (
  body_id bigint not null references actor on delete cascade,
  actor_id bigint not null references actor on delete cascade,
  since timestamptz not null default now(),
  primary key (body_id, actor_id)
);
create index speaker_actor on speaker (actor_id);
