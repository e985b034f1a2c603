-- What somebody takes with them: archives that were asked for. The files are in the data folder,
-- under exports/, by name.
create table export (
  id bigint primary key,
  actor_id bigint not null references account on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'ready', 'failed')),
  file text,
  bytes bigint not null default 0,
  asked timestamptz not null default now(),
  claimed timestamptz,
  expires timestamptz not null default now() + interval '7 days'
);
create index export_actor on export (actor_id, id desc);
create index export_waiting on export (id) where state = 'waiting';

-- Lines of files that somebody brought from elsewhere, until each has been done.
create table import_line (
  id bigint primary key,
  actor_id bigint not null references account on delete cascade,
  kind text not null
    check (kind in ('following', 'blocks', 'mutes', 'bookmarks', 'lists', 'domains')),
  what text not null,
  extra text not null default '',
  tries integer not null default 0,
  next_at timestamptz not null default now()
);
create index import_line_actor on import_line (actor_id);
create index import_line_due on import_line (next_at, id);

-- That something was here is told of what everybody might read alone.
alter table tombstone add column shown boolean not null default true;

-- Takes everything of a local actor away that would go if its row went, and leaves the row, so that
-- its id answers 410 and its name stays taken, and the key, which signs the word of it. Goes by the
-- foreign keys themselves: a table that is added later is not forgotten.
create function forget_actor(gone bigint) returns void language plpgsql as $$
declare
  link record;
begin
  insert into tombstone (uri, former_type, published, shown)
    select uri, type, published, visibility in ('public', 'unlisted') from post
    where actor_id = gone on conflict do nothing;
  update post p set likes_count = greatest(0, p.likes_count - 1)
    from post_like l where l.post_id = p.id and l.actor_id = gone;
  update post p set shares_count = greatest(0, p.shares_count - 1)
    from announce s where s.post_id = p.id and s.actor_id = gone;
  update post p set replies_count = greatest(0, p.replies_count - n.replies)
    from (select u.id, count(*) as replies from post o join post u on u.id = o.in_reply_to_id
        where o.actor_id = gone
          and counts_below(o.visibility, u.visibility)
        group by u.id) n
    where n.id = p.id;
  delete from post where actor_id = gone;
  for link in
    select c.conrelid::regclass as place, a.attname as name, c.confdeltype as how
    from pg_constraint c
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'actor'::regclass
      and c.conrelid <> 'actor_key'::regclass
  loop
    if link.how = 'n' then
      execute format('update %s set %I = null where %I = $1', link.place, link.name, link.name)
        using gone;
    else
      execute format('delete from %s where %I = $1', link.place, link.name) using gone;
    end if;
  end loop;
end $$;
