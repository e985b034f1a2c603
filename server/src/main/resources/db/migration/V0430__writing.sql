-- What writing needs: posts that wait for their hour, calls that must count once, threads of direct
-- posts, how far somebody has read, polls that end, and previews of links.

-- How the source was typed: as Markdown on our own pages, as plain text in most apps.
alter table post add column source_plain boolean not null default false;

-- Calls that an app may repeat without effect (Idempotency-Key), for an hour.
create table once (
  actor_id bigint not null references actor on delete cascade,
  key text not null,
  -- what the first call made: a post or something scheduled
  made_id bigint not null,
  created timestamptz not null default now(),
  primary key (actor_id, key)
);
create index once_age on once (created);

create table scheduled_post (
  id bigint primary key,
  actor_id bigint not null references actor on delete cascade,
  due timestamptz not null,
  wanted jsonb not null,
  media_ids bigint[] not null default '{}',
  application jsonb,
  -- why it could not be published; it then waits for its author
  problem text
);
create index scheduled_post_actor on scheduled_post (actor_id, id desc);
create index scheduled_post_due on scheduled_post (due) where problem is null;

-- A thread of direct posts as one person here sees it.
create table conversation (
  id bigint primary key,
  actor_id bigint not null references actor on delete cascade,
  root_id bigint not null,
  last_id bigint not null references post on delete cascade,
  unread boolean not null,
  unique (actor_id, root_id)
);
create index conversation_order on conversation (actor_id, last_id desc);
create index conversation_last on conversation (last_id);

-- How far somebody has read a timeline, for all their apps.
create table marker (
  actor_id bigint not null references actor on delete cascade,
  timeline text not null check (timeline in ('home', 'notifications')),
  last_read_id bigint not null,
  version integer not null default 1,
  updated timestamptz not null default now(),
  primary key (actor_id, timeline)
);

-- What is to be done about a poll later: tell its totals, tell that it has ended.
create table poll_task (
  post_id bigint not null references post on delete cascade,
  kind text not null check (kind in ('totals', 'end')),
  due timestamptz not null,
  primary key (post_id, kind)
);
create index poll_task_due on poll_task (due);

-- Previews of links, each fetched once for all posts that lead there.
create table card (
  url text primary key,
  -- null when there is nothing to show
  body jsonb,
  fetched timestamptz not null default now()
);
create index card_age on card (fetched);
create table card_wanted (
  post_id bigint primary key references post on delete cascade,
  url text not null,
  due timestamptz not null
);
create index card_wanted_due on card_wanted (due);
create index card_wanted_url on card_wanted (url);

-- Who liked a post, page by page; and likes of one's own.
create index post_like_page on post_like (post_id, id desc);
