-- The custom emoji that stand in the names and words of people of other servers.
alter table actor add emoji jsonb not null default '[]';
