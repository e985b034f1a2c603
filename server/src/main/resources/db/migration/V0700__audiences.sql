-- Whom a post is for, beyond what ActivityPub addresses by itself: the place, its confirmed
-- neighbours, the members of a group.
alter table post drop constraint post_visibility_check;
alter table post add constraint post_visibility_check check (visibility in
  ('public', 'unlisted', 'followers', 'direct', 'local', 'ring', 'group'));
create index post_listed on post (id desc)
  where visibility in ('public', 'local', 'ring') and companion_of is null;
create index post_audience on post (audience_id, id desc) where audience_id is not null;

-- When two humans have compared the words: only then a neighbour reads what is for neighbours.
alter table neighbour add column confirmed_at timestamptz;
alter table neighbour add column confirmed_by bigint references actor on delete set null;

-- How much somebody wrote counts what may be known outside of a circle.
create or replace function count_posts_in() returns trigger language plpgsql as $$
begin
  insert into actor_count as known (actor_id, posts)
  select actor_id, count(*) from fresh
    where visibility in ('public', 'unlisted', 'followers') and companion_of is null group by actor_id order by actor_id
  on conflict (actor_id) do update set posts = known.posts + excluded.posts;
  return null;
end $$;
create or replace function count_posts_out() returns trigger language plpgsql as $$
begin
  update actor_count known set posts = greatest(0, known.posts - n.posts)
  from (select k.actor_id, g.posts from actor_count k join (
      select actor_id, count(*) as posts from gone
      where visibility in ('public', 'unlisted', 'followers') and companion_of is null group by actor_id) g using (actor_id)
    order by k.actor_id for update of k) n
  where known.actor_id = n.actor_id;
  return null;
end $$;
