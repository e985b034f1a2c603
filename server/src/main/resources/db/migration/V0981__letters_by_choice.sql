-- Nobody gets a letter who did not say so: what is told at once, daily or weekly tells when, this one whether.
alter table notice_choice add column letters boolean not null default false;
