-- Documents that people attach, found by group and year.
create function is_document(kind text) returns boolean language sql immutable parallel safe
  return kind = 'application/pdf' or kind like 'application/vnd.oasis.opendocument.%'
    or kind like 'application/vnd.openxmlformats-officedocument.%'
    or kind in ('application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint',
      'application/rtf');
create function holds_documents(attachment jsonb) returns boolean language sql immutable parallel safe
  return exists (select from jsonb_array_elements(attachment) as one
    where is_document(one->>'mediaType'));
create index post_documents on post (id desc) where attachment <> '[]' and holds_documents(attachment);

-- What somebody began to write and has not sent.
create table unsent (
  id bigint primary key,
  actor_id bigint not null references actor on delete cascade,
  fields jsonb not null,
  saved timestamptz not null default now()
);
create index unsent_actor on unsent (actor_id, id desc);
create index unsent_age on unsent (saved);

-- Names with a slip in them.
create extension if not exists pg_trgm;
create function plain_name(given text) returns text language sql immutable parallel safe as $$
  select lower(regexp_replace(normalize(left(given, 200), NFKD), U&'[\0300-\036F]', '', 'g'))
$$;
create index actor_alike on actor using gin
  (plain_name(username || ' ' || coalesce(name, '')) gin_trgm_ops);
