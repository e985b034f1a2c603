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
