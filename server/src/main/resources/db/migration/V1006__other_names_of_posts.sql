-- Another id under which a post's own server speaks of it: Hubzilla knows an event by the Invite that it came in.
create table post_alias (
  uri text primary key,
  post_id bigint not null references post (id) on delete cascade
);
create index post_alias_post_id on post_alias (post_id);
