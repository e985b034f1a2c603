-- How long before the start a reminder is due: some servers remind their own people then.
alter table event_notice add column minutes integer;
