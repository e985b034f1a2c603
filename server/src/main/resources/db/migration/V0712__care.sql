-- Limits of actors, by those who moderate or because of their server. A limited actor is followed
-- as before, and left out of every list of the place.
alter table actor add column limited_at timestamptz;
alter table actor add column limited_by_domain boolean not null default false;
alter table actor add column suspended_by_domain boolean not null default false;
alter table actor add column limited boolean
  generated always as (limited_at is not null or limited_by_domain) stored;

-- A hidden post is read by its author alone, until somebody has decided; whom it is for is kept.
alter table post add column hidden_from text;
alter table post drop constraint post_visibility_check;
alter table post add constraint post_visibility_check check (visibility in
  ('public', 'unlisted', 'followers', 'direct', 'local', 'ring', 'group', 'hidden'));

-- Until when a newcomer is watched; null while they are.
alter table account add column trusted_at timestamptz default now();
alter table account add column vouched_by bigint references actor on delete set null;
create index account_vouched on account (vouched_by) where vouched_by is not null;
alter table sign_up add column sponsor_id bigint references account on delete set null;
alter table sign_up add column vouched_at timestamptz;
create index sign_up_sponsor on sign_up (sponsor_id) where sponsor_id is not null;

-- What is limited of other servers, in the words that such lists are exchanged in.
alter table domain_block add column severity text not null default 'suspend'
  check (severity in ('noop', 'silence', 'suspend'));
alter table domain_block add column reject_media boolean not null default false;
alter table domain_block add column reject_reports boolean not null default false;
alter table domain_block add column public_comment text not null default '';
alter table domain_block add column obfuscate boolean not null default false;

-- Whoever comes from a limited server is limited from the first moment.
create function limit_by_domain() returns trigger language plpgsql as $$
declare
  host text := split_part(new.host, ':', 1);
begin
  if exists (select from domain_block d where d.severity = 'silence'
      and (host = d.domain or host like '%.' || d.domain)) then
    new.limited_by_domain := true;
  end if;
  if exists (select from domain_block d where d.severity = 'suspend'
      and (host = d.domain or host like '%.' || d.domain)) then
    new.suspended_by_domain := true;
    new.suspended_at := coalesce(new.suspended_at, now());
  end if;
  return new;
end $$;
create trigger actor_limited_by_domain before insert on actor
  for each row when (new.host is not null) execute function limit_by_domain();

-- The queue of those who moderate.
alter table report add column state text not null default 'open' check (state in ('open', 'closed'));
alter table report add column assigned_to bigint references actor on delete set null;
alter table report add column closed_at timestamptz;
alter table report add column closed_by bigint references actor on delete set null;
alter table report add column outcome text not null default '';
create index report_queue on report (state, id desc);
create index report_target on report (target_id, id desc);
create index report_actor on report (actor_id, id desc);
create index report_assigned on report (assigned_to) where assigned_to is not null;
create index report_closed_by on report (closed_by) where closed_by is not null;
create index report_objects on report using gin (objects);

create table report_note (
  id bigint primary key,
  report_id bigint not null references report on delete cascade,
  actor_id bigint references actor on delete set null,
  content text not null,
  published timestamptz not null default now()
);
create index report_note_report on report_note (report_id, id);
create index report_note_actor on report_note (actor_id) where actor_id is not null;

-- What was decided about somebody or what they wrote, and what they answer to it.
create table measure (
  id bigint primary key,
  report_id bigint references report on delete set null,
  target_id bigint not null references actor on delete cascade,
  post_id bigint references post on delete set null,
  post_uri text not null default '',
  excerpt text not null default '',
  action text not null check (action in
    ('warn', 'hide', 'delete_post', 'limit', 'suspend', 'delete_account')),
  reason text not null default '',
  rule_ids text[] not null default '{}',
  state text not null check (state in ('proposed', 'refused', 'applied', 'lifted', 'done')),
  -- null for what the server did by itself, at the threshold of reports
  by_id bigint references actor on delete set null,
  second_id bigint references actor on delete set null,
  -- opens the page of somebody who cannot sign in any more; its SHA-256 alone is kept
  pass_hash bytea unique,
  published timestamptz not null default now(),
  ended timestamptz
);
create index measure_target on measure (target_id, id desc);
create index measure_post on measure (post_id) where post_id is not null;
create index measure_report on measure (report_id) where report_id is not null;
create index measure_by on measure (by_id) where by_id is not null;
create index measure_second on measure (second_id) where second_id is not null;
create index measure_proposed on measure (id) where state = 'proposed';

create table appeal (
  measure_id bigint primary key references measure on delete cascade,
  content text not null,
  state text not null default 'open' check (state in ('open', 'granted', 'refused')),
  answer text not null default '',
  decided_by bigint references actor on delete set null,
  published timestamptz not null default now(),
  decided timestamptz
);
create index appeal_open on appeal (published) where state = 'open';
create index appeal_decided_by on appeal (decided_by) where decided_by is not null;

alter table notification add column measure_id bigint references measure on delete cascade;
create index notification_measure on notification (measure_id) where measure_id is not null;
alter table notification drop constraint notification_once;
alter table notification add constraint notification_once
  unique nulls not distinct (actor_id, type, from_actor_id, post_id, report_id, measure_id);
