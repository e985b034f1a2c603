-- After an event: the organiser's thanks, and how those who came found it.
create table event_after (
  post_id bigint primary key references event on delete cascade,
  -- the message with the thanks
  thanks_id bigint references post on delete set null,
  -- whether everybody may read the answers, without names
  shared boolean not null default false,
  published timestamptz not null default now()
);

create table event_feedback (
  id bigint primary key,
  post_id bigint not null references event on delete cascade,
  rsvp_id bigint unique references rsvp on delete set null,
  -- 1 not so good, 2 good, 3 very good
  answer smallint not null check (answer between 1 and 3),
  words text,
  published timestamptz not null default now()
);
create index event_feedback_list on event_feedback (post_id, id);

alter table event_notice drop constraint event_notice_kind_check;
alter table event_notice add constraint event_notice_kind_check
  check (kind in ('changed', 'cancelled', 'reminder', 'thanks'));
