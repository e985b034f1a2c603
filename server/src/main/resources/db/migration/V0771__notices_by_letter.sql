-- What each resident is told by letter, and when; what was told up to now. Pushes wait for the end
-- of the quiet hours too.
create table notice_choice (
  actor_id bigint primary key references account on delete cascade,
  now_types text[] not null,
  daily_types text[] not null,
  weekly_types text[] not null,
  agenda text not null check (agenda in ('daily', 'weekly', 'never')),
  -- hours of the day, 0 to 23, in the zone; both null for none
  quiet_from smallint check (quiet_from between 0 and 23),
  quiet_until smallint check (quiet_until between 0 and 23),
  zone text not null,
  now_mark bigint not null default 0,
  daily_mark bigint not null default 0,
  weekly_mark bigint not null default 0,
  now_due timestamptz not null default now(),
  daily_due timestamptz not null,
  weekly_due timestamptz not null,
  check ((quiet_from is null) = (quiet_until is null))
);
create index notice_choice_daily on notice_choice (daily_due);
create index notice_choice_weekly on notice_choice (weekly_due);

-- A browser that wants to be woken: it belongs to its session, and ends with it.
alter table push_subscription alter column token_id drop not null;
alter table push_subscription alter column sealed_token drop not null;
alter table push_subscription add column session_hash bytea unique references session on delete cascade;
alter table push_subscription add constraint push_subscription_owner
  check (num_nonnulls(token_id, session_hash) = 1);
