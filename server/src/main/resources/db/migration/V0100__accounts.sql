-- People who can sign in, their sessions in browsers, and the tokens of their apps.

create table account (
  actor_id bigint primary key references actor on delete cascade,
  email text not null,
  password_hash text not null,
  role text not null check (role in ('owner', 'admin', 'moderator', 'animator', 'resident')),
  locale text not null,
  created timestamptz not null default now()
);
create unique index account_email on account (lower(email));

-- The cookie's secret is kept as its SHA-256 alone.
create table session (
  hash bytea primary key,
  actor_id bigint not null references account on delete cascade,
  csrf text not null,
  user_agent text,
  created timestamptz not null default now(),
  expires timestamptz not null
);
create index session_account on session (actor_id);
create index session_age on session (expires);

create table access_token (
  hash bytea primary key,
  actor_id bigint not null references account on delete cascade,
  scopes text[] not null,
  created timestamptz not null default now(),
  revoked timestamptz
);
create index access_token_account on access_token (actor_id);
