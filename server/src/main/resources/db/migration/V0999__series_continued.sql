-- Which series goes on where this one was changed from a date on: who follows its calendar follows that one too.
alter table series add column continued_by bigint references series on delete set null;
create index series_continued on series (continued_by) where continued_by is not null;
