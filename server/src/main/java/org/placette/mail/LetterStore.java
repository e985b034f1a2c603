package org.placette.mail;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** The rows of {@code letter}. */
final class LetterStore {

  private LetterStore() {}

  /** A letter in hand. */
  record Due(
      long id,
      String to,
      String subject,
      String text,
      String html,
      int tries,
      @Nullable String unsubscribe,
      @Nullable String language) {}

  static void put(Tx tx, Letter letter) {
    tx.update(
        "insert into letter (id, recipient, subject, body, html, unsubscribe, language)"
            + " values ($1, $2, $3, $4, $5, $6, $7)",
        Ids.next(),
        letter.to(),
        letter.subject(),
        letter.text(),
        letter.html(),
        letter.unsubscribe(),
        letter.language() == null ? null : letter.language().code());
  }

  /** Takes letters in hand until {@code until}; whoever dies meanwhile leaves them to others. */
  static List<Due> claim(Db db, Instant until) {
    return db.list(
        """
        update letter l set tries = tries + 1, due = $1
        where l.id in (select id from letter where due <= now() order by due limit 10
          for update skip locked)
        returning id, recipient, subject, body, html, tries, unsubscribe, language
        """,
        row ->
            new Due(
                row.getLong(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInteger(5),
                row.getString(6),
                row.getString(7)),
        until);
  }

  static void sent(Sql sql, long id) {
    sql.update("delete from letter where id = $1", id);
  }

  static void later(Sql sql, long id, Instant due) {
    sql.update("update letter set due = $2 where id = $1", id, due);
  }
}
