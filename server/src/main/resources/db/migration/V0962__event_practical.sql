-- What an event costs and whom to ask, in its organiser's words.
alter table event
  add column price text check (length(price) <= 200),
  add column organiser text check (length(organiser) <= 200),
  add column contact text check (length(contact) <= 300);
