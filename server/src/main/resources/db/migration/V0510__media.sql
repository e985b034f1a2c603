-- Files that people here uploaded. The files themselves are in the data folder, under media/, by name.

create table media (
  id bigint primary key,
  actor_id bigint not null references actor on delete cascade,
  post_id bigint references post on delete set null,
  position smallint not null default 0,
  -- a portrait or a banner: used without a post
  kept boolean not null default false,
  name text not null unique,
  kind text not null,
  small_kind text,
  bytes bigint not null,
  width integer,
  height integer,
  small_width integer,
  small_height integer,
  blurhash text,
  focus_x real not null default 0,
  focus_y real not null default 0,
  description text,
  created timestamptz not null default now(),
  -- since when nothing uses it
  loose_since timestamptz not null default now()
);
create index media_post on media (post_id, position) where post_id is not null;
create index media_actor on media (actor_id);
create index media_loose on media (loose_since) where post_id is null and not kept;

-- Names whose files are still to be removed: a row may leave in any way.
create table media_gone (
  name text primary key,
  gone timestamptz not null default now()
);

create function media_left() returns trigger language plpgsql as $$
begin
  insert into media_gone (name) values (old.name) on conflict do nothing;
  return null;
end $$;
create trigger media_left after delete on media for each row execute function media_left();

-- Who deletes a post to write it anew keeps its pictures for a day.
create function media_loosened() returns trigger language plpgsql as $$
begin
  new.loose_since := now();
  return new;
end $$;
create trigger media_loosened before update on media for each row
  when ((old.post_id is not null and new.post_id is null) or (old.kept and not new.kept))
  execute function media_loosened();
