-- The language of the page on which somebody without an account signed up: their letters speak it.
-- Null for those who came before: the event's then.
alter table rsvp add column language text check (language in ('fr', 'en'));
alter table series_guest add column language text check (language in ('fr', 'en'));
