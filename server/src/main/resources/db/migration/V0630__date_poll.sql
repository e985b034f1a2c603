-- Finding a date: proposed dates and what people say to each. The post is the poll that everybody else sees.
create table date_poll (
  id bigint primary key,
  post_id bigint not null unique references post on delete cascade,
  timezone text not null,
  place_name text,
  -- whether people without an account may answer
  guests boolean not null default false,
  -- the date that was chosen, and the event that came of it
  chosen smallint,
  event_id bigint references post on delete set null,
  published timestamptz not null default now()
);
create index date_poll_event on date_poll (event_id) where event_id is not null;

create table date_poll_slot (
  poll_id bigint not null references date_poll on delete cascade,
  position smallint not null,
  start_time timestamptz not null,
  end_time timestamptz,
  primary key (poll_id, position)
);

create table date_poll_answer (
  id bigint primary key,
  poll_id bigint not null references date_poll on delete cascade,
  actor_id bigint references actor on delete cascade,
  -- somebody without an account; the secret of the link that changes the answer is kept as its SHA-256
  guest_name text,
  secret bytea unique,
  comment text,
  -- one for each slot: 0 no, 1 if need be, 2 yes
  choices smallint[] not null,
  published timestamptz not null default now(),
  updated timestamptz not null default now(),
  unique (poll_id, actor_id),
  check ((actor_id is null) = (guest_name is not null)),
  check ((actor_id is null) = (secret is not null))
);
create index date_poll_answer_list on date_poll_answer (poll_id, id);
create index date_poll_answer_actor on date_poll_answer (actor_id) where actor_id is not null;

-- Whom an organiser put on the list without an address: nothing can be sent to them.
alter table rsvp drop constraint rsvp_check;
alter table rsvp add constraint rsvp_who check ((actor_id is null) = (guest_name is not null));
