-- Drafts of events that are published by themselves when their hour has come.
alter table unsent
  add column due timestamptz,
  -- why it could not be published; it is a mere draft then
  add column problem text;
create index unsent_due on unsent (due) where due is not null;
