-- A village of :people people and :posts posts, written straight into the tables; :reader is the actor who reads.
-- Every person follows some others; a third of the posts are answers, a tenth was shared, each carries a tag.
\set ON_ERROR_STOP on
set synchronous_commit = off;
select extract(epoch from now() - interval '100 days')::bigint * 1000 as began \gset
select 100 * 86400000::bigint / :posts as step \gset

insert into actor (id, uri, type, username, name, summary, inbox, followers, icon)
select ((:began + n) << 16), :'origin' || '/users/bench' || n, 'Person', 'bench' || n, 'Person ' || n,
  '<p>One of many.</p>', :'origin' || '/users/bench' || n || '/inbox', :'origin' || '/users/bench' || n || '/followers', null
from generate_series(1, :people) n on conflict do nothing;

create temp table person as select row_number() over (order by id) - 1 as n, id from actor where username like 'bench%';
create unique index on person (n);

insert into follow (id, uri, actor_id, target_id, state)
select ((:began + 100000 + a.n * 200 + k) << 16), 'urn:bench:follow:' || a.n || ':' || k, a.id, b.id, 'accepted'
from person a cross join generate_series(1, 30) k join person b on b.n = (a.n + k * 7) % :people
on conflict do nothing;
insert into follow (id, uri, actor_id, target_id, state)
select ((:began + 900000000 + b.n) << 16), 'urn:bench:reader:' || b.n, :reader, b.id, 'accepted'
from person b where b.n < 150 on conflict do nothing;

insert into post (id, uri, type, actor_id, content, language, visibility, in_reply_to, in_reply_to_id, root_id, published, local, tag)
select i.id, :'origin' || '/posts/' || i.id, 'Note', p.id,
  '<p>Message ' || g.k || ' of somebody who has <strong>something</strong> to say about <a href="' || :'origin' || '/tags/t' || g.k % 50
    || '" class="mention hashtag">#t' || g.k % 50 || '</a>, in two or three lines as people write them every day.</p>',
  'fr', 'public',
  case when g.k % 3 = 0 and g.k > 30 then :'origin' || '/posts/' || ((:began + (g.k - 20) * :step) << 16) end,
  null, i.id, to_timestamp((:began + g.k * :step) / 1000.0), true,
  jsonb_build_array(jsonb_build_object('type', 'Hashtag', 'name', '#t' || g.k % 50, 'href', :'origin' || '/tags/t' || g.k % 50))
from generate_series(1, :posts::bigint) as g(k) cross join lateral (select ((:began + g.k * :step) << 16) as id) i
  join person p on p.n = g.k * 7919::bigint % :people
on conflict do nothing;
update post set in_reply_to_id = parent.id, root_id = parent.id from post parent
  where post.in_reply_to = parent.uri and post.in_reply_to_id is null;
insert into post_tag (post_id, tag)
select id, 't' || (substring(uri from '[0-9]+$')::bigint >> 16) % 50 from post where type = 'Note' on conflict do nothing;
insert into home (owner_id, id, post_id, by_id)
select :reader, p.id, p.id, p.actor_id from post p join person a on a.id = p.actor_id
where a.n < 150 and p.in_reply_to is null on conflict do nothing;
insert into post_like (actor_id, post_id, uri, id)
select a.id, p.id, 'urn:bench:like:' || p.id, p.id + 1
from (select id, row_number() over (order by id) as n from post) p join person a on a.n = p.n % :people
where p.n % 5 = 0 on conflict do nothing;
insert into notification (actor_id, type, from_actor_id, post_id, group_key)
select :reader, 'Like', a.id, p.id, 'favourite-' || p.id || '-1'
from (select id, row_number() over (order by id desc) as n from post) p join person a on a.n = p.n % :people
where p.n <= 2000 on conflict do nothing;

-- One thread of 200 answers.
insert into post (id, uri, type, actor_id, content, language, visibility, in_reply_to, in_reply_to_id, root_id, published, local)
select ((:began - 1000 + g.k) << 16), :'origin' || '/posts/thread' || g.k, 'Note', p.id, '<p>Answer ' || g.k || '</p>', 'fr', 'public',
  case when g.k > 0 then :'origin' || '/posts/thread' || greatest(0, g.k - 1 - g.k % 5) end,
  case when g.k > 0 then ((:began - 1000 + greatest(0, g.k - 1 - g.k % 5)) << 16) end,
  ((:began - 1000) << 16), to_timestamp((:began - 1000 + g.k) / 1000.0), true
from generate_series(0, 200) as g(k) join person p on p.n = g.k on conflict do nothing;
analyze;
select ((:began - 1000) << 16) as thread;
