-- Who may quote what was written elsewhere, as its author says (FEP-044f): null when nothing was said, and for what was written here.
alter table post add column quotable text check (quotable in ('public', 'followers', 'manual', 'nobody'));
-- How often it is quoted by posts that anybody may read, with consent.
alter table post add column quotes_count integer not null default 0;
create index post_quote on post (quote) where quote is not null;
update post p set quotes_count = n.quotes
from (select quote, count(*)::int as quotes from post
    where quote is not null and coalesce(quote_consent, 'accepted') = 'accepted' and visibility in ('public', 'unlisted')
    group by quote) n
where p.uri = n.quote;
