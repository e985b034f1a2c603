-- The links of a guest's earlier letters: people answer from whichever they find.
alter table rsvp add column earlier bytea[] not null default '{}';
create index rsvp_earlier on rsvp using gin (earlier);
