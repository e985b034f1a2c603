-- What those who come are still to be told of an event, and how far the telling has come.

create table event_notice (
  id bigint primary key,
  post_id bigint not null references event on delete cascade,
  kind text not null check (kind in ('changed', 'cancelled', 'reminder')),
  after_id bigint not null default 0
);
create index event_notice_post on event_notice (post_id);
