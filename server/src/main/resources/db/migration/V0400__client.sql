-- What apps of residents need: home timelines, and a person's own marks on posts and people.

-- Written here: the local timeline walks an index of its own.
alter table post add column local boolean not null default false;
update post p set local = true from actor a where a.id = p.actor_id and a.host is null;
create index post_local on post (id desc)
  where local and visibility = 'public' and companion_of is null;
-- A preview card of the first link, and which app wrote it.
alter table post add column card jsonb;
alter table post add column application jsonb;
-- As typed, for editing; null for what came from elsewhere.
alter table post add column source text;

-- What each resident's home timeline shows: filled when something is published (one row per
-- follower here), so that reading it costs the same however much there is.
create table home (
  owner_id bigint not null references actor on delete cascade,
  -- of the post, or of the announce that brought it
  id bigint not null,
  post_id bigint not null references post on delete cascade,
  announce_id bigint references announce on delete cascade,
  -- whom the owner follows: the author, or who announced it; null when a followed tag brought it
  by_id bigint references actor on delete cascade,
  primary key (owner_id, post_id)
);
create index home_order on home (owner_id, id desc);
create index home_post on home (post_id);
create index home_announce on home (announce_id) where announce_id is not null;
create index home_by on home (by_id, owner_id);

create table bookmark (
  id bigint not null,
  actor_id bigint not null references actor on delete cascade,
  post_id bigint not null references post on delete cascade,
  primary key (actor_id, post_id)
);
create index bookmark_order on bookmark (actor_id, id desc);
create index bookmark_post on bookmark (post_id);

-- A thread that somebody wants no more notifications about.
create table thread_mute (
  actor_id bigint not null references actor on delete cascade,
  root_id bigint not null references post on delete cascade,
  primary key (actor_id, root_id)
);
create index thread_mute_root on thread_mute (root_id);

create table mute (
  id bigint not null,
  actor_id bigint not null references actor on delete cascade,
  target_id bigint not null references actor on delete cascade,
  notifications boolean not null default true,
  expires timestamptz,
  primary key (actor_id, target_id)
);
create index mute_order on mute (actor_id, id desc);
create index mute_target on mute (target_id);

-- Hosts that one person wants to see nothing of.
create table host_mute (
  id bigint not null,
  actor_id bigint not null references actor on delete cascade,
  host text not null,
  primary key (actor_id, host)
);

create table tag_follow (
  id bigint not null,
  actor_id bigint not null references actor on delete cascade,
  tag text not null,
  primary key (tag, actor_id)
);
create index tag_follow_order on tag_follow (actor_id, id desc);

-- One row per option that somebody chose in a poll.
create table poll_vote (
  post_id bigint not null references post on delete cascade,
  actor_id bigint not null references actor on delete cascade,
  choice smallint not null,
  uri text unique,
  published timestamptz not null default now(),
  primary key (post_id, actor_id, choice)
);
create index poll_vote_actor on poll_vote (actor_id);

-- Earlier texts of edited posts.
create table post_revision (
  post_id bigint not null references post on delete cascade,
  published timestamptz not null,
  name text,
  summary text,
  content text not null,
  sensitive boolean not null,
  attachment jsonb not null default '[]',
  tag jsonb not null default '[]',
  poll jsonb,
  primary key (post_id, published)
);

alter table follow add column show_reblogs boolean not null default true;
alter table follow add column notify boolean not null default false;
alter table follow add column languages text[];

-- The ids of these lists must be of their own: each block and like becomes pageable by time.
alter table block add column id bigint not null default 0;
update block set id = (extract(epoch from published) * 1000)::bigint << 16;
create index block_order on block (actor_id, id desc);
alter table post_like add column id bigint not null default 0;
update post_like set id = (extract(epoch from published) * 1000)::bigint << 16;
create index post_like_order on post_like (actor_id, id desc);
create index block_target on block (target_id);
