-- Whoever is quoted may take their consent back; a quote stays so, whatever its server says later.
alter table post drop constraint post_quote_consent_check;
alter table post add constraint post_quote_consent_check
  check (quote_consent in ('pending', 'accepted', 'rejected', 'revoked'));
