-- Who asks for an account and waits for somebody's word. The account exists already, hidden and
-- unable to sign in; a refusal removes all of it.
create table sign_up (
  actor_id bigint primary key references account on delete cascade,
  reason text not null,
  published timestamptz not null default now()
);
create index sign_up_age on sign_up (published);

-- Links that let somebody in without waiting; the secret itself is kept as its SHA-256 alone.
create table invitation (
  id bigint primary key,
  hash bytea not null unique,
  actor_id bigint not null references account on delete cascade,
  uses_left integer not null check (uses_left >= 0),
  expires timestamptz not null,
  published timestamptz not null default now()
);
create index invitation_age on invitation (expires);
create index invitation_actor on invitation (actor_id);

-- When those who moderate were last here in a browser; where nobody looks, nobody can sign up.
alter table account add column seen timestamptz;
