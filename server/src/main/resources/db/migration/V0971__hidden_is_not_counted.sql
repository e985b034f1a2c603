-- What those who moderate hide is counted nowhere, and counted again when it is shown again.
create function post_changes_circle() returns trigger language plpgsql as $$
declare
  above text := (select visibility from post where id = new.in_reply_to_id);
  root text := (select visibility from post where id = new.root_id);
begin
  if above is not null then
    update post set replies_count = greatest(0, replies_count
      + counts_below(new.visibility, above)::int - counts_below(old.visibility, above)::int)
    where id = new.in_reply_to_id;
  end if;
  if new.companion_of is null then
    update actor_count set posts = greatest(0, posts
      + (new.visibility in ('public', 'unlisted'))::int
      - (old.visibility in ('public', 'unlisted'))::int)
    where actor_id = new.actor_id;
    if new.id <> new.root_id then
      update topic set replies = greatest(0, replies
          + counts_below(new.visibility, root)::int - counts_below(old.visibility, root)::int),
        last_id = coalesce((select max(p.id) from post p where p.root_id = new.root_id
          and p.id <> new.root_id and p.companion_of is null
          and counts_below(p.visibility, root)), new.root_id)
      where root_id = new.root_id;
    end if;
  end if;
  return null;
end $$;
create trigger post_changes_circle after update of visibility on post for each row
  when (old.visibility <> new.visibility) execute function post_changes_circle();

create or replace function topic_shrinks() returns trigger language plpgsql as $$
begin
  update topic known set replies = greatest(0, known.replies - n.gone)
  from (select t.root_id, g.gone from topic t join (
      select root_id, count(*) as gone from gone
      where id <> root_id and companion_of is null
        and visibility not in ('followers', 'direct', 'hidden')
      group by root_id) g using (root_id)
    order by t.root_id for update of t) n
  where known.root_id = n.root_id;
  return null;
end $$;

create index post_hidden on post (id) where visibility = 'hidden';
