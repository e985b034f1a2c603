package org.placette.imports;

import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.placette.federation.fetch.FetchProblem;

/** Why a calendar was not read, by a name that pages have words for. */
public final class ImportProblem {

  private static final List<String> NAMES =
      List.of(
          "address",
          "private",
          "silent",
          "gone",
          "refused",
          "elsewhere",
          "large",
          "slow",
          "content");

  private ImportProblem() {}

  /** Whether it is such a name, not what an earlier version kept. */
  public static boolean named(@Nullable String problem) {
    return NAMES.contains(String.valueOf(problem));
  }

  static String of(RuntimeException problem) {
    if (problem instanceof FetchProblem fetched) {
      return switch (fetched.reason()) {
        case BAD_URL, DNS -> "address";
        case PRIVATE_ADDRESS, OWN_ORIGIN -> "private";
        case CONNECT, TLS, TIMEOUT, BROKEN -> "silent";
        case NOT_FOUND, GONE -> "gone";
        case STATUS, BUDGET -> "refused";
        case TOO_MANY_REDIRECTS, INSECURE_REDIRECT -> "elsewhere";
        case TOO_LARGE -> "large";
        case WRONG_TYPE, NOT_JSON, WRONG_ID -> "content";
      };
    }
    if (problem instanceof CalendarReader.NotACalendar)
      return "too large".equals(problem.getMessage()) ? "large" : "content";
    return problem.getCause() instanceof TimeoutException ? "slow" : "content";
  }
}
