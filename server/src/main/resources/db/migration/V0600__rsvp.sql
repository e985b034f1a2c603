-- Who answered an event, whichever way they came: a vote, an activity, the form, an e-mail.

create table rsvp (
  id bigint primary key,
  post_id bigint not null references post on delete cascade,
  actor_id bigint references actor on delete cascade,
  -- somebody without an account; the secret in their e-mail is kept as its SHA-256
  guest_name text,
  guest_email text,
  secret bytea unique,
  state text not null check (state in
    ('unconfirmed', 'requested', 'going', 'maybe', 'declined', 'waiting', 'refused')),
  party smallint not null default 1 check (party between 1 and 20),
  note text,
  door text not null check (door in ('web', 'api', 'vote', 'join', 'accept', 'reply', 'mail')),
  -- the activity that asked, to be answered; its id to be undone
  activity_uri text,
  activity jsonb,
  -- whether others may see the name
  listed boolean not null default false,
  waiting_since timestamptz,
  confirm_by timestamptz,
  checked_in timestamptz,
  published timestamptz not null default now(),
  updated timestamptz not null default now(),
  unique (post_id, actor_id),
  check ((actor_id is null) = (guest_email is not null))
);
create unique index rsvp_guest on rsvp (post_id, lower(guest_email)) where guest_email is not null;
create index rsvp_list on rsvp (post_id, state, id);
create index rsvp_actor on rsvp (actor_id, id desc) where actor_id is not null;
create index rsvp_activity on rsvp (activity_uri) where activity_uri is not null;
create index rsvp_confirm on rsvp (confirm_by) where confirm_by is not null;

-- The organiser may leave the poll out; clients then show the card instead.
alter table event add column asks_by_poll boolean not null default true;
