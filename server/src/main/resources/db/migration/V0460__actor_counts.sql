-- How much somebody wrote, how many follow them and how many they follow, so that showing a person
-- costs the same whether they wrote ten posts or a hundred thousand. Kept by the database itself:
-- whatever adds or removes rows, one by one or many in a statement, the numbers stay right.
create table actor_count (
  actor_id bigint primary key references actor on delete cascade,
  posts bigint not null default 0,
  followers bigint not null default 0,
  following bigint not null default 0
) with (fillfactor = 70);

insert into actor_count (actor_id, posts, followers, following)
select id, sum(posts), sum(followers), sum(following) from (
  select actor_id as id, count(*) as posts, 0 as followers, 0 as following from post
    where visibility <> 'direct' and companion_of is null group by 1
  union all
  select target_id, 0, count(*), 0 from follow where state = 'accepted' group by 1
  union all
  select actor_id, 0, 0, count(*) from follow where state = 'accepted' group by 1) n
group by id;

-- Rows are taken in the order of their ids, so that two statements never wait for one another.
create function count_posts_in() returns trigger language plpgsql as $$
begin
  insert into actor_count as known (actor_id, posts)
  select actor_id, count(*) from fresh
    where visibility <> 'direct' and companion_of is null group by actor_id order by actor_id
  on conflict (actor_id) do update set posts = known.posts + excluded.posts;
  return null;
end $$;
create trigger post_counted_in after insert on post referencing new table as fresh
  for each statement execute function count_posts_in();

create function count_posts_out() returns trigger language plpgsql as $$
begin
  update actor_count known set posts = greatest(0, known.posts - n.posts)
  from (select k.actor_id, g.posts from actor_count k join (
      select actor_id, count(*) as posts from gone
      where visibility <> 'direct' and companion_of is null group by actor_id) g using (actor_id)
    order by k.actor_id for update of k) n
  where known.actor_id = n.actor_id;
  return null;
end $$;
create trigger post_counted_out after delete on post referencing old table as gone
  for each statement execute function count_posts_out();

create function count_follow() returns trigger language plpgsql as $$
declare
  counted boolean := tg_op <> 'INSERT' and old.state = 'accepted';
  counts boolean := tg_op <> 'DELETE' and new.state = 'accepted';
begin
  if counts and not counted then
    insert into actor_count as known (actor_id, followers, following)
    select id, followers, following from (
      values (new.target_id, 1, 0), (new.actor_id, 0, 1)) as n (id, followers, following) order by id
    on conflict (actor_id) do update set followers = known.followers + excluded.followers,
      following = known.following + excluded.following;
  elsif counted and not counts then
    update actor_count known set
      followers = greatest(0, known.followers - (known.actor_id = old.target_id)::int),
      following = greatest(0, known.following - (known.actor_id = old.actor_id)::int)
    where known.actor_id in (old.target_id, old.actor_id);
  end if;
  return null;
end $$;
create trigger follow_counted after insert or delete or update of state on follow
  for each row execute function count_follow();
