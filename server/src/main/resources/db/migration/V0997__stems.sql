-- Posts and documents are found by the stems of their words, French and English alike, without accents: "soupes" finds
-- "soupe", "repairing" finds "repair". No stop words, so that every word and phrase can be looked for. Names keep plain_words.
create text search dictionary french_stems (template = snowball, language = french);
create text search dictionary english_stems (template = snowball, language = english);
create text search configuration french_words (copy = simple);
alter text search configuration french_words
  alter mapping for asciiword, word, asciihword, hword, hword_asciipart, hword_part with french_stems;
create text search configuration english_words (copy = simple);
alter text search configuration english_words
  alter mapping for asciiword, word, asciihword, hword, hword_asciipart, hword_part with english_stems;

-- Indexes are made without any search path: functions that name things of this schema bring it along.
create function without_accents(given text) returns text language sql immutable parallel safe as $$
  select regexp_replace(normalize(given, NFKD), U&'[\0300-\036F]', '', 'g')
$$;
create function word_stems(given text) returns tsvector language sql immutable parallel safe
  set search_path from current as $$
  select to_tsvector('french_words'::regconfig, without_accents(left(given, 20000)))
    || to_tsvector('english_words'::regconfig, without_accents(left(given, 20000)))
$$;
-- What people type into a search box: "in quotes", -without, or.
create function wanted_stems(given text) returns tsquery language sql immutable parallel safe
  set search_path from current as $$
  select websearch_to_tsquery('french_words'::regconfig, without_accents(given))
    || websearch_to_tsquery('english_words'::regconfig, without_accents(given))
$$;

drop index post_words;
drop index post_event_words;
create index post_stems on post using gin
  (word_stems(coalesce(name, '') || ' ' || coalesce(summary, '') || ' ' || content));
create index post_event_stems on post using gin
  (word_stems(coalesce(name, '') || ' ' || coalesce(summary, '') || ' ' || content))
  where type = 'Event';
