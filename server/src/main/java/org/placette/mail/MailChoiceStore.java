package org.placette.mail;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.placette.db.Sql;
import org.placette.mail.MailChoices.Reader;
import org.placette.web.Language;

/** The rows of {@code mail_choice}. */
final class MailChoiceStore {

  private MailChoiceStore() {}

  record Row(long actor, Reader reader) {}

  static List<Row> readers(Sql sql, Collection<Long> actors) {
    return sql.list(
        """
        select m.actor_id, a.email, a.locale, m.secret
        from mail_choice m join account a on a.actor_id = m.actor_id
          join actor on actor.id = m.actor_id
        where m.actor_id = any($1) and m.events and a.email <> ''
        """,
        row ->
            new Row(
                row.getLong(0),
                new Reader(
                    row.getString(1),
                    Objects.requireNonNullElse(Language.of(row.getString(2)), Language.FR),
                    row.getString(3))),
        (Object) actors.toArray(Long[]::new));
  }

  static void put(Sql sql, long actor, boolean events, String secret) {
    sql.update(
        """
        insert into mail_choice (actor_id, events, secret) values ($1, $2, $3)
        on conflict (actor_id) do update set events = excluded.events
        """,
        actor,
        events,
        secret);
  }

  static boolean end(Sql sql, String secret) {
    return sql.update("update mail_choice set events = false where secret = $1", secret) > 0;
  }

  static boolean known(Sql sql, String secret) {
    return sql.one("select 1 from mail_choice where secret = $1", row -> row.getInteger(0), secret)
        != null;
  }
}
