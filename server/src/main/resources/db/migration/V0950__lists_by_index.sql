-- The timeline of other places' posts: among a million of ours it looked at each of them.
create index post_remote on post (id desc)
  where not local and visibility = 'public' and companion_of is null;
