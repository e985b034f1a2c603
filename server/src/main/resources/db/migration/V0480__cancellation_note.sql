-- The note that said an event does not take place: it goes when the event goes.
alter table event add column cancellation_id bigint;
