-- Who did what with their powers. No row refers to another table: it must outlive them all.
create table audit (
  id bigint primary key,
  actor_id bigint,
  actor text not null,
  action text not null,
  target_id bigint,
  target text not null default '',
  detail text not null default '',
  reason text not null default '',
  published timestamptz not null default now()
);
create index audit_target on audit (target_id, id desc) where target_id is not null;
create index audit_actor on audit (actor_id, id desc) where actor_id is not null;
create index audit_age on audit (published);

-- What is written stays as it is; only what is older than a year may leave.
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.published < now() - interval '365 days' then
    return old;
  end if;
  raise exception 'the audit log is append only';
end $$;
create trigger audit_append_only before update or delete on audit
  for each row execute function audit_is_append_only();
create trigger audit_no_truncate before truncate on audit
  for each statement execute function audit_is_append_only();
