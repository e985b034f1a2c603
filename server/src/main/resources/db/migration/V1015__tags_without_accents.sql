-- A tag is found without its accents, which many leave out when they type.
create function plain_tag(given text) returns text language sql immutable strict parallel safe as $$
  select regexp_replace(normalize(given, NFKD), U&'[\0300-\036F]', '', 'g')
$$;
create index post_tag_plain on post_tag (plain_tag(tag) text_pattern_ops, post_id);
drop index post_tag_pattern;
