-- 10,000 coming events of one author, over 300 days, at 40 places, written straight into the tables.
-- psql -v origin=http://localhost:8080 -v author=<number of an actor> -f events.sql
\set ON_ERROR_STOP on
set synchronous_commit = off;
select extract(epoch from now() - interval '1 day')::bigint * 1000 as began \gset
insert into post (id, uri, type, actor_id, name, content, language, visibility, root_id, published, local)
select (:began + n) << 16, :'origin' || '/events/' || md5('bench' || n)::uuid, 'Event', :author, 'Rendez-vous ' || n,
  '<p>Somebody tells in two or three lines what happens, whom it is for and what one should bring along.</p>',
  'fr', 'public', (:began + n) << 16, now() - interval '1 day', true
from generate_series(1, 10000) n on conflict do nothing;
insert into event (post_id, uuid, start_time, end_time, timezone, category, place_name, address_locality, latitude, longitude)
select (:began + n) << 16, md5('bench' || n)::uuid, now() + n * interval '43 minutes', now() + n * interval '43 minutes' + interval '2 hours',
  'Europe/Paris', (array['MUSIC', 'GAMES', 'COMMUNITY', 'SPORTS'])[1 + n % 4], 'Lieu ' || n % 40, 'Bourg ' || n % 8, 45.8, 1.2 + n % 40 / 100.0
from generate_series(1, 10000) n on conflict do nothing;
analyze post, event;
