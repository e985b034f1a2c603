-- Who moderates a group of another server, as that server says (FEP-1b12).
create table group_moderator (
  group_id bigint not null references actor (id) on delete cascade,
  uri text not null,
  primary key (group_id, uri)
);
