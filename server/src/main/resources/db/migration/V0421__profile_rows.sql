-- What somebody typed in the rows of their profile is read from the rows themselves.
alter table account drop column fields;
