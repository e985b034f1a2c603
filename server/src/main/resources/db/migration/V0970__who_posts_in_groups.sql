-- Who may write in an open group: everyone, or members. In the others members alone ever do.
alter table theme add column posting text not null default 'everyone'
  check (posting in ('everyone', 'members'));
