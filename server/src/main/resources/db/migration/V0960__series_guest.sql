-- Who comes to all dates of a series without an account: one letter confirms all of them.
create table series_guest (
  id bigint primary key,
  series_id bigint not null references series on delete cascade,
  -- series that this one follows: their last dates are the guest's as well
  earlier bigint[] not null default '{}',
  name text not null,
  email text not null,
  -- what the link of the last letter holds, as its SHA-256
  secret bytea not null unique,
  party smallint not null check (party between 1 and 20),
  asked timestamptz not null default now(),
  confirmed timestamptz
);
create unique index series_guest_email on series_guest (series_id, lower(email));
create index series_guest_open on series_guest (id) where confirmed is null;
