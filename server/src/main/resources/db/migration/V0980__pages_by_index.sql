-- The first page and the conversations, whatever other places have sent: among 30,000 of their notes each was looked at.
create index post_ours on post (id desc) include (root_id, actor_id)
  where local and visibility in ('public', 'local', 'ring') and companion_of is null;
create index post_begins on post (id desc)
  where in_reply_to is null and companion_of is null and type <> 'Event' and visibility in ('public', 'local', 'ring');
create index post_like_latest on post_like (id desc);
-- Searching for events alone, among the many notes that hold the same word.
create index post_event_words on post
  using gin (plain_words(coalesce(name, '') || ' ' || coalesce(summary, '') || ' ' || content))
  where type = 'Event';
