-- The six letters of a poster that lead to an event.
create index event_code on event (left(md5(uuid::text), 6));
