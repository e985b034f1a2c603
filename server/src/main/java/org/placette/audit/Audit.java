package org.placette.audit;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Tx;

/** The log of what was done with powers: append only, for a year. */
public final class Audit {

  private Audit() {}

  /** Why the table of this package exists, and how long its rows live. */
  public static List<Retention.Table> retention() {
    // The table itself refuses to lose rows that are younger.
    return List.of(
        Retention.Table.aged(
            "audit", "retention.audit", Duration.ofDays(366), "id", "published < now() - :keep"));
  }

  /**
   * Something that was done.
   *
   * @param by the actor who did it; null for the server itself
   * @param action a short word with dots, such as {@code role.give}; its text for people is the
   *     message {@code audit.} and the word
   * @param target the actor it was done to; null for none
   * @param about what it was done to, when that is no actor, or what exactly was done: an address,
   *     a host, a role; plain text
   * @param reason as people typed it; may be empty
   */
  public record Entry(
      @Nullable Long by, String action, @Nullable Long target, String about, String reason) {

    public static Entry of(
        @Nullable Long by,
        String action,
        @Nullable Long target,
        @Nullable String about,
        @Nullable String reason) {
      return new Entry(
          by,
          action,
          target,
          Objects.requireNonNullElse(about, ""),
          Objects.requireNonNullElse(reason, ""));
    }
  }

  /** Writes it down, in the transaction that does it. */
  public static void write(Tx tx, Entry entry) {
    AuditStore.insert(tx, Ids.next(), entry);
  }

  /** The same with all of its parts. */
  public static void write(
      Tx tx,
      @Nullable Long by,
      String action,
      @Nullable Long target,
      @Nullable String about,
      @Nullable String reason) {
    write(tx, Entry.of(by, action, target, about, reason));
  }
}
