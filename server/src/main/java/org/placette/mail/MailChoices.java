package org.placette.mail;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Sql;
import org.placette.web.Language;
import org.placette.web.Problem;
import org.placette.web.Secrets;

/** Which residents want letters about events; nobody gets one who did not say so. */
public final class MailChoices {

  private final Db db;

  public MailChoices(Db db) {
    this.db = db;
  }

  /**
   * Somebody who wants letters.
   *
   * @param secret ends them
   */
  public record Reader(String email, Language language, String secret) {}

  /** Those of some people who want letters, by their actor's number; in one query. */
  public static Map<Long, Reader> of(Sql sql, Collection<Long> actors) {
    if (actors.isEmpty()) return Map.of();
    Map<Long, Reader> found = new HashMap<>();
    for (var row : MailChoiceStore.readers(sql, actors)) found.put(row.actor(), row.reader());
    return found;
  }

  /** One of them; null when they want none. */
  public static @Nullable Reader of(Sql sql, long actor) {
    return of(sql, java.util.List.of(actor)).get(actor);
  }

  /** Whether somebody wants letters about events. */
  public boolean wants(long actor) {
    return of(db, actor) != null;
  }

  /** Remembers what somebody chose. */
  public void choose(long actor, boolean events) {
    MailChoiceStore.put(db, actor, events, Secrets.random());
  }

  /**
   * Ends the letters to whoever holds the secret.
   *
   * @throws Problem.NotFound when nobody does
   */
  void end(String secret) {
    if (!likely(secret) || !MailChoiceStore.end(db, secret)) throw new Problem.NotFound();
  }

  /** Whether anybody holds this secret. */
  boolean known(String secret) {
    return likely(secret) && MailChoiceStore.known(db, secret);
  }

  /** What PostgreSQL could not even read is no secret. */
  private static boolean likely(String secret) {
    return secret.matches("[\\w-]{1,100}");
  }
}
