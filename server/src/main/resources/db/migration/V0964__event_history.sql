-- What an event was before it was changed: its former row, from which another column reads as now.
create table event_revision (
  post_id bigint not null references event on delete cascade,
  -- when it ceased to be so: the "updated" of the post that took its place
  replaced timestamptz not null,
  state jsonb not null,
  primary key (post_id, replaced)
);
alter table post_revision add column language text;
