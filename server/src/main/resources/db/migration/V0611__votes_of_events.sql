-- How many answered yes, maybe and no: what polls show, beside how many places are taken.
alter table event add column votes integer[] not null default '{0,0,0}';
