-- Web Push: where the apps of residents want to be woken, one address for each token.
create table push_subscription (
  -- small: apps read it as a 32-bit number
  id integer generated always as identity primary key,
  token_id bigint not null unique references access_token on delete cascade,
  actor_id bigint not null references actor on delete cascade,
  endpoint text not null,
  p256dh bytea not null,
  auth bytea not null,
  standard boolean not null,
  alerts text[] not null,
  policy text not null check (policy in ('all', 'followed', 'follower', 'none')),
  -- each push repeats the token to its app, which is how it knows whose it is
  sealed_token bytea not null,
  created timestamptz not null default now()
);
create index push_subscription_actor on push_subscription (actor_id);

create table push_delivery (
  id bigint generated always as identity primary key,
  subscription_id integer not null references push_subscription on delete cascade,
  notification_id bigint not null references notification on delete cascade,
  holder uuid,
  tries smallint not null default 0,
  due timestamptz not null default now()
);
create index push_delivery_due on push_delivery (due) where holder is null;
create index push_delivery_subscription on push_delivery (subscription_id);
create index push_delivery_notification on push_delivery (notification_id);
create index push_delivery_held on push_delivery (holder) where holder is not null;
