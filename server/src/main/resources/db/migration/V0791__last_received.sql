-- When a server last sent us something; noted at most a few times an hour.
alter table peer add column last_received timestamptz;
