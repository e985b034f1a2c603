-- Consent to quotes (FEP-044f). Without a word about it a quote is shown: it is one's own, or its server knows none.
alter table post add column quote_consent text check (quote_consent in ('pending', 'accepted', 'rejected'));
alter table post add column quote_stamp text;

-- What people here allowed others to quote.
create table quote_stamp (
  id uuid primary key default gen_random_uuid(),
  post_id bigint not null references post (id) on delete cascade,
  quoting text not null,
  by_id bigint not null references actor (id) on delete cascade,
  given timestamptz not null default now(),
  unique (post_id, quoting)
);
create index quote_stamp_by on quote_stamp (by_id);
create index post_quote_stamp on post (quote_stamp) where quote_stamp is not null;
