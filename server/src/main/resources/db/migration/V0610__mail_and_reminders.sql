-- Letters that wait to be sent; a row leaves once a mail server took it.

create table letter (
  id bigint primary key,
  recipient text not null,
  subject text not null,
  body text not null,
  html text not null,
  tries integer not null default 0,
  due timestamptz not null default now(),
  published timestamptz not null default now()
);
create index letter_due on letter (due);

-- When those who come are reminded, in minutes before the start; what was sent already.
alter table event add column reminders integer[] not null default '{1440}';

create table reminder (
  post_id bigint not null references event on delete cascade,
  minutes integer not null,
  start_time timestamptz not null,
  primary key (post_id, minutes, start_time)
);

-- What the polls and the people elsewhere are still to be told of an event.
create table event_news (
  post_id bigint primary key references event on delete cascade,
  due timestamptz not null
);
create index event_news_due on event_news (due);

-- Those whom a reminder concerns.
create index rsvp_maybe on rsvp (post_id) where state in ('going', 'maybe');
