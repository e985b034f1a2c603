-- The custom emoji of this place: a code that people write between colons, and the picture that stands for it.
create table emoji (
  code text primary key,
  url text not null,
  still text not null,
  added timestamptz not null default now()
);
