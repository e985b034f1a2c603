-- Other ways to sign in: a second factor (RFC 6238), codes for when it is lost, passkeys, and what
-- waits between two pages of signing in.

create table second_factor (
  actor_id bigint primary key references account on delete cascade,
  sealed_secret bytea not null,
  -- null until the first code was right
  confirmed timestamptz,
  -- the time step of the last code: none is taken twice
  last_step bigint not null default 0
);

create table recovery_code (
  actor_id bigint not null references account on delete cascade,
  hash bytea not null,
  primary key (actor_id, hash)
);

create table passkey (
  id bytea primary key,
  actor_id bigint not null references account on delete cascade,
  label text not null,
  public_key bytea not null,
  algorithm integer not null,
  sign_count bigint not null default 0,
  created timestamptz not null default now(),
  last_used timestamptz
);
create index passkey_account on passkey (actor_id);

create table sign_in_step (
  hash bytea primary key,
  kind text not null check (kind in ('code', 'letter', 'passkey', 'new-passkey')),
  -- null while nobody knows who it will be
  actor_id bigint references account on delete cascade,
  next text not null default '/',
  tries integer not null default 0,
  expires timestamptz not null
);
create index sign_in_step_account on sign_in_step (actor_id);
create index sign_in_step_age on sign_in_step (expires);
