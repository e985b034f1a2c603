-- What a Group of this server is beyond an actor: a theme, a commission or a club. Its members are
-- those who follow it.
create table theme (
  actor_id bigint primary key references actor on delete cascade,
  kind text not null check (kind in ('theme', 'commission', 'club')),
  access text not null check (access in ('public', 'approval', 'private')),
  charter text not null default '',
  tags text[] not null default '{}',
  created timestamptz not null default now()
);
create index theme_tags on theme using gin (tags);

create table theme_role (
  theme_id bigint not null references theme on delete cascade,
  actor_id bigint not null references actor on delete cascade,
  role text not null check (role in ('animator', 'moderator')),
  since timestamptz not null default now(),
  primary key (theme_id, actor_id)
);
create index theme_role_actor on theme_role (actor_id);
