-- What residents arrange for themselves: lists, filters, notes, followed tags, and what they search.

create table list (
  id bigint primary key,
  owner_id bigint not null references account on delete cascade,
  title text not null,
  replies_policy text not null default 'list' check (replies_policy in ('followed', 'list', 'none')),
  exclusive boolean not null default false
);
create index list_owner on list (owner_id, id);

create table list_member (
  id bigint not null,
  list_id bigint not null references list on delete cascade,
  actor_id bigint not null references actor on delete cascade,
  -- whoever is followed no more leaves the lists too; null for the owner's own
  follow_id bigint references follow on delete cascade,
  primary key (list_id, actor_id)
);
create index list_member_order on list_member (list_id, id desc);
create index list_member_actor on list_member (actor_id);
create index list_member_follow on list_member (follow_id);

create table filter (
  id bigint primary key,
  owner_id bigint not null references account on delete cascade,
  title text not null,
  context text[] not null,
  action text not null default 'warn' check (action in ('warn', 'hide', 'blur')),
  expires timestamptz
);
create index filter_owner on filter (owner_id, id);

create table filter_keyword (
  id bigint primary key,
  filter_id bigint not null references filter on delete cascade,
  keyword text not null,
  whole_word boolean not null default true
);
create index filter_keyword_filter on filter_keyword (filter_id, id);

create table filter_status (
  id bigint primary key,
  filter_id bigint not null references filter on delete cascade,
  post_id bigint not null references post on delete cascade,
  unique (filter_id, post_id)
);
create index filter_status_post on filter_status (post_id);

-- What somebody wrote down about somebody, for their own eyes.
create table actor_note (
  actor_id bigint not null references account on delete cascade,
  target_id bigint not null references actor on delete cascade,
  note text not null,
  primary key (actor_id, target_id)
);
create index actor_note_target on actor_note (target_id);

create table endorsement (
  id bigint not null,
  actor_id bigint not null references account on delete cascade,
  target_id bigint not null references actor on delete cascade,
  primary key (actor_id, target_id)
);
create index endorsement_target on endorsement (target_id);

create table featured_tag (
  id bigint primary key,
  actor_id bigint not null references actor on delete cascade,
  tag text not null,
  unique (actor_id, tag)
);

create table suggestion_dismissed (
  actor_id bigint not null references account on delete cascade,
  target_id bigint not null references actor on delete cascade,
  primary key (actor_id, target_id)
);
create index suggestion_dismissed_target on suggestion_dismissed (target_id);

-- The village's notices, shown in apps to everybody who lives here.
create table announcement (
  id bigint primary key,
  content text not null,
  source text not null,
  starts timestamptz,
  ends timestamptz,
  all_day boolean not null default false,
  published timestamptz not null default now(),
  updated timestamptz not null default now()
);
create table announcement_read (
  announcement_id bigint not null references announcement on delete cascade,
  actor_id bigint not null references account on delete cascade,
  primary key (actor_id, announcement_id)
);
create index announcement_read_announcement on announcement_read (announcement_id);
create table announcement_reaction (
  announcement_id bigint not null references announcement on delete cascade,
  name text not null,
  actor_id bigint not null references account on delete cascade,
  primary key (announcement_id, name, actor_id)
);
create index announcement_reaction_actor on announcement_reaction (actor_id);

-- What somebody typed, and what their apps begin a post with.
alter table account add column note text;
alter table account add column fields jsonb;
alter table account add column default_visibility text not null default 'public';
alter table account add column default_sensitive boolean not null default false;
alter table account add column default_language text;

alter table report add column category text not null default 'other';
alter table report add column rule_ids text[] not null default '{}';
alter table report add column forwarded boolean not null default false;

-- Words without their accents, in any language; markup is no word.
create function plain_words(given text) returns tsvector language sql immutable parallel safe as $$
  select to_tsvector('simple'::regconfig,
    regexp_replace(normalize(left(given, 20000), NFKD), U&'[\0300-\036F]', '', 'g'))
$$;
create index post_words on post using gin
  (plain_words(coalesce(name, '') || ' ' || coalesce(summary, '') || ' ' || content));
create index actor_words on actor using gin
  (plain_words(username || ' ' || coalesce(name, '') || ' ' || coalesce(host, '')));
-- Tags that begin with something.
create index post_tag_pattern on post_tag (tag text_pattern_ops);
