-- Apps that residents use (OAuth 2): who they are, the codes and tokens they were given.

create table app (
  id bigint primary key,
  client_id text not null unique,
  secret_hash bytea not null,
  name text not null,
  website text,
  redirect_uris text[] not null,
  scopes text[] not null,
  created timestamptz not null default now()
);
create index app_age on app (created);

-- A token has a number of its own, by which it is listed, revoked and referred to. A token without
-- a person is an app's own (client_credentials); one without an app was made on the command line.
alter table access_token add column id bigint;
update access_token t set id = n.id
from (
  select hash, (((extract(epoch from created) * 1000)::bigint) << 16) + row_number() over (order by created) as id
  from access_token
) n
where n.hash = t.hash;
alter table access_token alter column id set not null;
alter table access_token drop constraint access_token_pkey;
alter table access_token add primary key (id);
alter table access_token add constraint access_token_hash unique (hash);
alter table access_token alter column actor_id drop not null;
alter table access_token add column app_id bigint references app on delete cascade;
alter table access_token add column last_used timestamptz;
create index access_token_app on access_token (app_id);
create index access_token_revoked on access_token (revoked) where revoked is not null;

create table authorization_code (
  hash bytea primary key,
  app_id bigint not null references app on delete cascade,
  actor_id bigint not null references account on delete cascade,
  redirect_uri text not null,
  scopes text[] not null,
  challenge text,
  created timestamptz not null default now(),
  used timestamptz,
  token_id bigint references access_token on delete set null
);
create index authorization_code_age on authorization_code (created);
create index authorization_code_app on authorization_code (app_id);
create index authorization_code_actor on authorization_code (actor_id);
create index authorization_code_token on authorization_code (token_id);
