-- What an account says of itself: that nobody writes it by hand, and that whom it follows and who
-- follows it are nobody's business.
alter table actor
  add automated boolean not null default false,
  add hides_people boolean not null default false;

-- Whom a boost is for: posts that anybody may read may be passed on to one's followers alone.
alter table announce
  add visibility text not null default 'public'
    check (visibility in ('public', 'unlisted', 'followers'));
