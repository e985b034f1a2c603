-- What each role may do: the one table that says so. Everybody with an account is a resident too.
create table role_permission (
  role text not null,
  permission text not null,
  primary key (role, permission)
);
insert into role_permission (role, permission)
select r.role, p.permission
from (values
  ('owner', '{ROLES,SETTINGS,CARE,CHARTER,DOMAINS,MODERATE,ADMIT,INVITE,AUDIT,NOTICES,FOUND,EDIT_GROUP,MEMBERS,PIN,ANIMATE,PLACES,PROXY,TAGS,HISTORY,VOUCH}'::text[]),
  ('admin', '{ROLES,SETTINGS,CARE,CHARTER,DOMAINS,MODERATE,ADMIT,INVITE,AUDIT,NOTICES,FOUND,EDIT_GROUP,MEMBERS,PIN,ANIMATE,PLACES,PROXY,TAGS,HISTORY,VOUCH}'),
  ('moderator', '{DOMAINS,MODERATE,ADMIT,INVITE,AUDIT,NOTICES,FOUND,MEMBERS,PIN,ANIMATE,PLACES,TAGS,VOUCH}'),
  ('animator', '{INVITE,NOTICES,FOUND,EDIT_GROUP,MEMBERS,PIN,ANIMATE,PLACES,PROXY,TAGS,VOUCH}'),
  ('facilitator', '{INVITE,MEMBERS,PLACES,PROXY,VOUCH}'),
  ('keeper', '{CHARTER,PIN,TAGS,HISTORY,VOUCH}'),
  ('resident', '{VOUCH}')
) as r (role, permissions) cross join unnest(r.permissions) as p (permission);

-- Who has which roles: for the whole place, or for one group.
create table role_grant (
  actor_id bigint not null references actor on delete cascade,
  group_id bigint references actor on delete cascade,
  role text not null check
    (role in ('owner', 'admin', 'moderator', 'animator', 'facilitator', 'keeper')),
  granted_by bigint references actor on delete set null,
  since timestamptz not null default now(),
  constraint role_grant_once unique nulls not distinct (actor_id, group_id, role)
);
create index role_grant_group on role_grant (group_id) where group_id is not null;
create index role_grant_by on role_grant (granted_by) where granted_by is not null;

insert into role_grant (actor_id, role, since)
  select actor_id, role, created from account where role <> 'resident';
insert into role_grant (actor_id, group_id, role, since)
  select actor_id, theme_id, role, since from theme_role;
drop table theme_role;
alter table account drop column role;

-- What somebody may do; group_id is null for what they may do everywhere here.
create view granted as
  select g.actor_id, g.group_id, p.permission from role_grant g join role_permission p using (role)
  union all
  select a.actor_id, null, p.permission from account a
    join role_permission p on p.role = 'resident';
