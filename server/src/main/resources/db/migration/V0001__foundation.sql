-- Actors, what they publish, and how they follow one another. Ids are 64-bit and time-sortable.

create table setting (
  key text primary key,
  value text not null
);

-- Every actor that this server knows, local ones (host is null) and remote ones.
create table actor (
  id bigint primary key,
  uri text not null unique,
  type text not null check (type in ('Person', 'Service', 'Group', 'Application', 'Organization')),
  username text not null,
  host text,
  name text,
  summary text,
  url text,
  inbox text not null,
  shared_inbox text,
  outbox text,
  followers text,
  following text,
  featured text,
  upcoming text,
  icon text,
  image text,
  fields jsonb not null default '[]',
  manually_approves_followers boolean not null default false,
  discoverable boolean not null default true,
  indexable boolean not null default false,
  also_known_as text[] not null default '{}',
  moved_to text,
  published timestamptz not null default now(),
  updated timestamptz not null default now(),
  fetched_at timestamptz,
  suspended_at timestamptz,
  deleted_at timestamptz
);
-- WebFinger knows one local actor per name, whatever its type.
create unique index actor_local_name on actor (lower(username)) where host is null;
create index actor_handle on actor (lower(username), host) where host is not null;
create index actor_host on actor (host) where host is not null;

-- Public keys of everybody, and the sealed private keys of local actors.
create table actor_key (
  id text primary key,
  actor_id bigint not null references actor on delete cascade,
  algorithm text not null check (algorithm in ('RSA', 'Ed25519')),
  public_key bytea not null,
  sealed_private_key bytea,
  fetched_at timestamptz not null default now()
);
create index actor_key_actor on actor_key (actor_id);

create table follow (
  id bigint primary key,
  uri text not null unique,
  actor_id bigint not null references actor on delete cascade,
  target_id bigint not null references actor on delete cascade,
  state text not null check (state in ('pending', 'accepted')),
  activity jsonb,
  published timestamptz not null default now(),
  accepted_at timestamptz,
  unique (actor_id, target_id)
);
create index follow_followers on follow (target_id, state, id desc);
create index follow_following on follow (actor_id, state, id desc);

create table block (
  actor_id bigint not null references actor on delete cascade,
  target_id bigint not null references actor on delete cascade,
  uri text not null unique,
  published timestamptz not null default now(),
  primary key (actor_id, target_id)
);

-- Everything that is published: notes, articles, pages, questions, and the text side of events.
create table post (
  id bigint primary key,
  uri text not null unique,
  url text,
  type text not null,
  actor_id bigint not null references actor on delete cascade,
  audience_id bigint references actor on delete set null,
  name text,
  summary text,
  content text not null default '',
  language text,
  sensitive boolean not null default false,
  visibility text not null check (visibility in ('public', 'unlisted', 'followers', 'direct')),
  in_reply_to text,
  in_reply_to_id bigint references post on delete set null,
  root_id bigint not null,
  context text,
  attachment jsonb not null default '[]',
  tag jsonb not null default '[]',
  poll jsonb,
  quote text,
  -- the event that this post makes known to servers without events; left out of our own lists
  companion_of bigint references post on delete cascade,
  published timestamptz not null,
  updated timestamptz,
  likes_count integer not null default 0,
  shares_count integer not null default 0,
  replies_count integer not null default 0
);
create index post_actor on post (actor_id, id desc);
create index post_root on post (root_id, id);
create index post_reply on post (in_reply_to_id, id) where in_reply_to_id is not null;
create index post_missing_parent on post (in_reply_to) where in_reply_to is not null and in_reply_to_id is null;
create index post_public on post (id desc) where visibility = 'public' and companion_of is null;
create index post_companion on post (companion_of) where companion_of is not null;

create table mention (
  post_id bigint not null references post on delete cascade,
  actor_id bigint not null references actor on delete cascade,
  primary key (post_id, actor_id)
);
create index mention_actor on mention (actor_id, post_id desc);

create table post_tag (
  post_id bigint not null references post on delete cascade,
  tag text not null,
  primary key (tag, post_id)
);
create index post_tag_post on post_tag (post_id);

create table post_like (
  actor_id bigint not null references actor on delete cascade,
  post_id bigint not null references post on delete cascade,
  uri text not null unique,
  content text,
  published timestamptz not null default now(),
  primary key (actor_id, post_id)
);
create index post_like_post on post_like (post_id, published);

create table announce (
  id bigint primary key,
  uri text not null unique,
  actor_id bigint not null references actor on delete cascade,
  post_id bigint not null references post on delete cascade,
  published timestamptz not null default now(),
  unique (actor_id, post_id)
);
create index announce_post on announce (post_id, id);
create index announce_actor on announce (actor_id, id desc);

create table featured (
  actor_id bigint not null references actor on delete cascade,
  post_id bigint not null references post on delete cascade,
  published timestamptz not null default now(),
  primary key (actor_id, post_id)
);

-- The event side of a post of type Event: when, where, who may come (events.md field by field).
create table event (
  post_id bigint primary key references post on delete cascade,
  uuid uuid not null unique,
  start_time timestamptz not null,
  end_time timestamptz,
  display_end_time boolean not null default true,
  timezone text not null,
  status text not null default 'CONFIRMED' check (status in ('CONFIRMED', 'TENTATIVE', 'CANCELLED')),
  event_status text not null default 'EventScheduled',
  previous_start_time timestamptz,
  category text,
  place_uri text,
  place_name text,
  street_address text,
  postal_code text,
  address_locality text,
  address_region text,
  address_country text,
  latitude double precision,
  longitude double precision,
  is_online boolean not null default false,
  online_url text,
  website text,
  join_mode text not null default 'free',
  external_participation_url text,
  anonymous_participation boolean not null default false,
  maximum_attendee_capacity integer,
  participant_count integer not null default 0,
  fee_amount numeric,
  fee_currency text,
  replies_moderation text not null default 'allow_all',
  banner jsonb,
  contacts text[] not null default '{}',
  organizers text[] not null default '{}',
  sequence integer not null default 0
);
create index event_start on event (start_time, post_id);

-- What was deleted, so that its id answers 410 and a late Create or Update has no effect.
create table tombstone (
  uri text primary key,
  former_type text,
  published timestamptz,
  deleted timestamptz not null default now()
);
create index tombstone_age on tombstone (deleted);

create table domain_block (
  domain text primary key,
  reason text,
  published timestamptz not null default now()
);

-- Flag activities and, later, the reports of residents.
create table report (
  id bigint primary key,
  uri text unique,
  actor_id bigint references actor on delete cascade,
  target_id bigint references actor on delete cascade,
  objects text[] not null default '{}',
  content text,
  published timestamptz not null default now()
);

create table notification (
  id bigint primary key,
  actor_id bigint not null references actor on delete cascade,
  type text not null,
  from_actor_id bigint not null references actor on delete cascade,
  post_id bigint references post on delete cascade,
  published timestamptz not null default now(),
  unique nulls not distinct (actor_id, type, from_actor_id, post_id)
);
create index notification_actor on notification (actor_id, id desc);
