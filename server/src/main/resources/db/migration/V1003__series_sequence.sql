-- How often the dates of a series were changed as such (left out, ended, paused): calendars tell it as SEQUENCE (RFC 5545, 3.8.7.4).
alter table series add column sequence integer not null default 0;
alter table series add column updated timestamptz;
