-- The language of a letter, for its Content-Language (RFC 3282); null for letters of before.
alter table letter add column language text;
