-- The latest that one person brought into a home, for timelines of lists.
create index home_by_order on home (by_id, owner_id, id desc);
drop index home_by;
