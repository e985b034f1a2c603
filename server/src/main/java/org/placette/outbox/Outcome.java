package org.placette.outbox;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.PostResult;

/**
 * What became of one attempt.
 *
 * @param kind what follows from it
 * @param delay until the next attempt; zero unless it is to be retried
 * @param reason a few words for log and table
 */
record Outcome(Delivery delivery, Kind kind, Duration delay, String reason) {

  enum Kind {
    /** The peer took it. */
    DELIVERED,
    /** It will never be taken: over. */
    REFUSED,
    /** This server does not want to deliver it any more: over. */
    DROPPED,
    /** This activity failed; others for the host may go on. */
    RETRY,
    /** The host does not answer: everything for it waits. */
    HOST_AWAY,
    /** Not tried; back into the table as it was. */
    UNTRIED
  }

  static Outcome of(Delivery delivery, PostResult answer, DoubleSupplier random) {
    var status = answer.status();
    var reason = "HTTP " + status;
    if (answer.isAccepted()) {
      return new Outcome(delivery, Kind.DELIVERED, Duration.ZERO, reason);
    }
    var tired = status == 429 || status == 502 || status == 503 || status == 504;
    var passing = tired || status == 401 || status == 408 || status / 100 != 4 && status != 501;
    if (!passing) return new Outcome(delivery, Kind.REFUSED, Duration.ZERO, reason);
    var asked = answer.retryAfter();
    var failures = tired ? delivery.hostFailures() : delivery.tries();
    var delay = asked != null ? Backoff.asked(asked) : Backoff.after(failures, random);
    return new Outcome(delivery, tired ? Kind.HOST_AWAY : Kind.RETRY, delay, reason);
  }

  static Outcome of(Delivery delivery, FetchProblem problem, DoubleSupplier random) {
    var reason = String.valueOf(problem.getMessage());
    return switch (problem.reason()) {
      case BAD_URL, OWN_ORIGIN -> new Outcome(delivery, Kind.REFUSED, Duration.ZERO, reason);
      case TOO_LARGE ->
          // It answered, with more words than we read: the activity arrived.
          new Outcome(delivery, Kind.DELIVERED, Duration.ZERO, reason);
      case TIMEOUT, BROKEN -> {
        // Gancio never answers some activities. Once the whole host has waited for one, that one
        // alone waits.
        boolean again = delivery.tries() > 0;
        var delay = Backoff.after(again ? delivery.tries() : delivery.hostFailures(), random);
        yield new Outcome(delivery, again ? Kind.RETRY : Kind.HOST_AWAY, delay, reason);
      }
      default -> {
        var delay = Backoff.after(delivery.hostFailures(), random);
        yield new Outcome(delivery, Kind.HOST_AWAY, delay, reason);
      }
    };
  }

  static Outcome dropped(Delivery delivery, String reason) {
    return new Outcome(delivery, Kind.DROPPED, Duration.ZERO, reason);
  }

  static Outcome untried(Delivery delivery) {
    return new Outcome(delivery, Kind.UNTRIED, Duration.ZERO, "");
  }

  /** True when the row has no more use. */
  boolean isOver() {
    return switch (kind) {
      case DELIVERED, REFUSED, DROPPED -> true;
      case RETRY, HOST_AWAY, UNTRIED -> false;
    };
  }
}
