-- Who wants letters about events. The secret only ends them, so it is kept as it is: every letter holds it.
create table mail_choice (
  actor_id bigint primary key references account on delete cascade,
  events boolean not null default false,
  secret text not null unique,
  published timestamptz not null default now()
);

-- Where a letter's reader ends such letters with one click (RFC 8058).
alter table letter add column unsubscribe text;

-- Organisers are told once a day which people without an account answered.
create table guest_news (
  post_id bigint primary key references event on delete cascade,
  since timestamptz not null default now(),
  due timestamptz not null default date_trunc('day', now()) + interval '1 day 6 hours'
);
create index guest_news_due on guest_news (due);
