-- The sites that may name a local actor as the author of their pages, as Mastodon has it.
alter table actor add attribution_domains text[] not null default '{}';
