-- The ring: neighbours that two humans have confirmed by comparing six words. What they compared
-- is made of both servers' keys: another key, or the end of the following, ends the confirmation.
alter table neighbour add column ring_problem text;

create function ring_key_changed() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.public_key = old.public_key then return null; end if;
  update neighbour set confirmed_at = null, confirmed_by = null, ring_problem = 'key'
    where confirmed_at is not null
      and actor_id = case when tg_op = 'DELETE' then old.actor_id else new.actor_id end;
  return null;
end $$;
create trigger actor_key_ring after insert or delete or update of public_key on actor_key
  for each row execute function ring_key_changed();

create function ring_follow_ended() returns trigger language plpgsql as $$
begin
  update neighbour n set confirmed_at = null, confirmed_by = null, ring_problem = 'follow'
    from actor a
    where n.confirmed_at is not null and n.actor_id in (old.actor_id, old.target_id)
      and a.id in (old.actor_id, old.target_id) and a.host is null and a.username = 'relay';
  return null;
end $$;
create trigger follow_ring after delete on follow
  for each row execute function ring_follow_ended();

-- How much somebody wrote counts what everybody may read: a number must not tell of what is hidden.
create or replace function count_posts_in() returns trigger language plpgsql as $$
begin
  insert into actor_count as known (actor_id, posts)
  select actor_id, count(*) from fresh
    where visibility in ('public', 'unlisted') and companion_of is null group by actor_id order by actor_id
  on conflict (actor_id) do update set posts = known.posts + excluded.posts;
  return null;
end $$;
create or replace function count_posts_out() returns trigger language plpgsql as $$
begin
  update actor_count known set posts = greatest(0, known.posts - n.posts)
  from (select k.actor_id, g.posts from actor_count k join (
      select actor_id, count(*) as posts from gone
      where visibility in ('public', 'unlisted') and companion_of is null group by actor_id) g using (actor_id)
    order by k.actor_id for update of k) n
  where known.actor_id = n.actor_id;
  return null;
end $$;
update actor_count c set posts = (select count(*) from post p where p.actor_id = c.actor_id
  and p.visibility in ('public', 'unlisted') and p.companion_of is null);
