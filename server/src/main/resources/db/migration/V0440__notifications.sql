-- Notifications as apps page through them: numbers of their own, small enough for a JSON integer.
create sequence notification_number start 1000000000;
alter table notification add column number bigint;
-- A statement may draw from a sequence in any order, so those that are there are counted by age.
update notification n set number = 1000000000 + ordered.place
  from (select id, row_number() over (order by id) as place from notification) ordered
  where ordered.id = n.id;
select setval('notification_number', 1000000000 + (select count(*) from notification) + 1);
alter table notification drop constraint notification_pkey;
drop index notification_actor;
alter table notification drop column id;
alter table notification rename column number to id;
alter table notification alter column id set default nextval('notification_number');
alter table notification alter column id set not null;
alter table notification add primary key (id);
alter sequence notification_number owned by notification.id;

-- Several of one kind about one thing, within half a day, are shown as one.
alter table notification add column group_key text;
update notification set group_key = 'ungrouped-' || id;
alter table notification alter column group_key set not null;
-- What the person's policy keeps aside as a request.
alter table notification add column filtered boolean not null default false;
alter table notification add column report_id bigint references report on delete cascade;
alter table notification drop constraint notification_actor_id_type_from_actor_id_post_id_key;
alter table notification add constraint notification_once
  unique nulls not distinct (actor_id, type, from_actor_id, post_id, report_id);
create index notification_shown on notification (actor_id, id desc) where not filtered;
create index notification_group on notification (actor_id, group_key, id desc) where not filtered;
create index notification_filtered on notification (actor_id, from_actor_id, id) where filtered;
create index notification_from on notification (from_actor_id);
create index notification_post on notification (post_id) where post_id is not null;
create index notification_report on notification (report_id) where report_id is not null;

-- Who wants to be told at once when somebody posts.
create index follow_notify on follow (target_id) where notify and state = 'accepted';

create table notification_policy (
  actor_id bigint primary key references actor on delete cascade,
  for_not_following text not null default 'accept',
  for_not_followers text not null default 'accept',
  for_new_accounts text not null default 'accept',
  for_private_mentions text not null default 'filter',
  for_limited_accounts text not null default 'filter'
);

-- From whom a person takes everything, whatever the policy says.
create table notification_permission (
  actor_id bigint not null references actor on delete cascade,
  from_actor_id bigint not null references actor on delete cascade,
  primary key (actor_id, from_actor_id)
);
create index notification_permission_from on notification_permission (from_actor_id);
