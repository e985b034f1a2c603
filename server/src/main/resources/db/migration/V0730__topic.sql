-- Discussions: what begins in a Group, with what hangs on the whole of it. Answers are counted here
-- as far as everybody who may read the first post may know of them.
create table topic (
  root_id bigint primary key references post on delete cascade,
  group_id bigint not null references actor on delete cascade,
  -- the latest post of it
  last_id bigint not null,
  replies integer not null default 0,
  closed_at timestamptz,
  -- how long everybody waits between two answers of theirs; null for not at all
  slow_seconds integer check (slow_seconds between 10 and 604800),
  -- the official answer
  answer_id bigint references post on delete set null
);
create index topic_order on topic (group_id, last_id desc);
create index topic_answer on topic (answer_id) where answer_id is not null;

-- How far somebody here has read a discussion.
create table topic_read (
  actor_id bigint not null references actor on delete cascade,
  root_id bigint not null references topic on delete cascade,
  seen_id bigint not null,
  primary key (actor_id, root_id)
);
create index topic_read_root on topic_read (root_id);

-- Whether an answer may be counted in front of everybody who reads what it answers.
create function counts_below(answer text, above text) returns boolean language sql immutable
  return answer in ('public', 'unlisted') or answer = above and above in ('local', 'ring', 'group');

insert into topic (root_id, group_id, last_id, replies)
select r.id, r.audience_id, coalesce(max(p.id), r.id), count(p.id)
from post r left join post p on p.root_id = r.id and p.id <> r.id and p.companion_of is null
  and counts_below(p.visibility, r.visibility)
where r.root_id = r.id and r.audience_id is not null and r.companion_of is null
  and r.visibility not in ('followers', 'direct')
group by r.id, r.audience_id;

create function topic_grows() returns trigger language plpgsql as $$
begin
  insert into topic as known (root_id, group_id, last_id, replies)
  select r.id, r.audience_id, max(f.id), count(*) filter (where f.id <> r.id)
  from fresh f join post r on r.id = f.root_id
  where r.audience_id is not null and f.companion_of is null and r.companion_of is null
    and r.visibility not in ('followers', 'direct') and counts_below(f.visibility, r.visibility)
  group by r.id, r.audience_id order by r.id
  on conflict (root_id) do update set last_id = greatest(known.last_id, excluded.last_id),
    replies = known.replies + excluded.replies;
  return null;
end $$;
create trigger topic_grows after insert on post referencing new table as fresh
  for each statement execute function topic_grows();

create function topic_shrinks() returns trigger language plpgsql as $$
begin
  update topic known set replies = greatest(0, known.replies - n.gone)
  from (select t.root_id, g.gone from topic t join (
      select root_id, count(*) as gone from gone
      where id <> root_id and companion_of is null and visibility not in ('followers', 'direct')
      group by root_id) g using (root_id)
    order by t.root_id for update of t) n
  where known.root_id = n.root_id;
  return null;
end $$;
create trigger topic_shrinks after delete on post referencing old table as gone
  for each statement execute function topic_shrinks();

-- What had waited for the post that it answers joins that one's discussion.
create function topic_joined() returns trigger language plpgsql as $$
begin
  delete from topic where root_id = new.id;
  insert into topic as known (root_id, group_id, last_id, replies)
  select r.id, r.audience_id, greatest(r.id, new.id), 1 from post r
  where r.id = new.root_id and r.audience_id is not null and new.companion_of is null
    and r.visibility not in ('followers', 'direct') and counts_below(new.visibility, r.visibility)
  on conflict (root_id) do update set last_id = greatest(known.last_id, excluded.last_id),
    replies = known.replies + 1;
  return null;
end $$;
create trigger topic_joined after update of root_id on post for each row
  when (old.root_id <> new.root_id and new.root_id <> new.id) execute function topic_joined();

-- Where something deleted stood, while answers to it stand there still.
alter table tombstone add column post_id bigint;
alter table tombstone add column root_id bigint;
alter table tombstone add column parent_id bigint;
create index tombstone_root on tombstone (root_id, post_id) where root_id is not null;
create index tombstone_parent on tombstone (parent_id, post_id) where parent_id is not null;
-- Answers whose parent is not here.
create index post_loose on post (root_id, id) where in_reply_to is not null and in_reply_to_id is null;

-- The numbers of answers told outsiders of those that are not for them.
update post p set replies_count = n.shown
from (select a.id, count(r.id) filter (where counts_below(r.visibility, a.visibility)) as shown
  from post a join post r on r.in_reply_to_id = a.id group by a.id) n
where p.id = n.id and p.replies_count <> n.shown;
