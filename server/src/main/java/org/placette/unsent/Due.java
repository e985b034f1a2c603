package org.placette.unsent;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.unsent.UnsentStore.Unsent;
import org.placette.web.Form;
import org.placette.web.Problem;

/** The hour at which something that was written is to be published by itself. */
public final class Due {

  private Due() {}

  /**
   * Reads it from {@code publishDate} and {@code publishTime}; what is wrong is said in the form.
   *
   * @return null for now
   */
  public static @Nullable Instant read(Form form, ZoneId zone, Instant now) {
    if (form.value("publishDate").isEmpty() && form.value("publishTime").isEmpty()) return null;
    try {
      var day = LocalDate.parse(form.required("publishDate", 20));
      var at = day.atTime(LocalTime.parse(form.required("publishTime", 20))).atZone(zone);
      if (!at.toInstant().isAfter(now)) form.wrong("publishDate", "error.publishPast");
      return at.toInstant();
    } catch (DateTimeException e) {
      form.wrong("publishDate", "error.publishTime");
      return null;
    }
  }

  /** Publishes one; what it throws is kept beside the draft. */
  @FunctionalInterface
  public interface Publishing {
    void publish(Actor author, Unsent draft);
  }

  /**
   * Publishes those whose hour has come, each once.
   *
   * @param mine which of them the caller knows how to publish
   * @return how many were tried
   */
  public static int publish(Db db, Actors actors, Predicate<Unsent> mine, Publishing publishing) {
    var due = UnsentStore.due(db).stream().filter(mine).toList();
    for (var draft : due) {
      var author = actors.byId(draft.actorId());
      try {
        if (author == null || author.suspended()) throw new Problem.Forbidden("suspended");
        publishing.publish(author, draft);
      } catch (Problem e) {
        // Harmless when another process has published it, or its author put it off.
        UnsentStore.fail(db, draft, e.message());
      }
    }
    return due.size();
  }
}
