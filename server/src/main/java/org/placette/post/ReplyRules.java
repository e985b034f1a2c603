package org.placette.post;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.inbox.Refused;
import org.placette.web.Problem;

/** What discussions ask of those who answer in them; the thread feature decides. */
@FunctionalInterface
public interface ReplyRules {

  /** Everybody may answer anything at any time. */
  ReplyRules OPEN = (sql, author, answered, own, at) -> null;

  /**
   * Why an answer is not taken.
   *
   * @param answered the uri of what it answers
   * @param own its own uri; what is here already is never refused
   * @param at when it came
   * @return {@code closed}, {@code slow} (the author's last answer is too fresh), or null when it
   *     is welcome
   */
  @Nullable String refusal(Sql sql, long author, String answered, String own, Instant at);

  /** Whether a discussion takes no answers any more. */
  default boolean closed(Sql sql, long root) {
    return false;
  }

  /** Somewhere else it was closed or opened: heeded when it stands in a Group of elsewhere. */
  default void closedElsewhere(Tx tx, long root, boolean closed) {}

  /**
   * Refuses what somebody here writes; the text stays in their form.
   *
   * @throws Problem.Invalid when it is not taken
   */
  default void check(Sql sql, long author, String answered) {
    var reason = refusal(sql, author, answered, "", Instant.now());
    if (reason == null) return;
    var message =
        reason.equals("closed") ? "This discussion is closed" : "This discussion goes slowly: wait";
    throw new Problem.Invalid(
        "Validation failed: " + message, Map.of("text", "error.thread." + reason));
  }

  /**
   * Refuses what comes from elsewhere.
   *
   * @throws Refused with the reason {@code thread-closed} or {@code thread-slow}
   */
  default void check(Sql sql, Draft draft, Instant at) {
    var answered = draft.inReplyTo();
    if (answered == null) return;
    var reason = refusal(sql, draft.actorId(), answered, draft.uri(), at);
    if (reason != null) throw new Refused("thread-" + reason);
  }
}
