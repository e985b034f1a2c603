-- Whoever holds a letter may end them all, without signing in.
alter table notice_choice add column secret uuid not null unique default gen_random_uuid();
