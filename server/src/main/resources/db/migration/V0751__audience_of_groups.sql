-- Whom a group's posts are for when nobody says otherwise; that of accounts is default_visibility.
alter table theme add column audience text not null default 'public'
  check (audience in ('public', 'local', 'ring'));
alter table account add constraint account_default_visibility
  check (default_visibility in ('public', 'unlisted', 'private', 'direct', 'local', 'ring'));
