package org.placette.inbox;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts what was refused by reason, and writes one line of log for each. Reasons are names from
 * our own code, so there are few; hosts and types come from strangers, so they are logged with
 * everything but plain characters taken out.
 */
public final class Refusals {

  private static final Logger LOG = Logger.getLogger(Refusals.class.getName());
  private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x21-\\x7e]");
  private static final int LONGEST = 120;

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  /**
   * Counts and logs a refusal.
   *
   * @param reason a short kebab-case name
   * @param actorHost who sent it, as far as is known; null when nothing is known
   * @param type the activity's type; null when it could not be read
   */
  public void count(String reason, @Nullable String actorHost, @Nullable String type) {
    counts.computeIfAbsent(reason, name -> new LongAdder()).increment();
    if (LOG.isLoggable(Level.INFO)) {
      LOG.info("refused " + reason + " host=" + plain(actorHost) + " type=" + plain(type));
    }
  }

  /** How often each reason has occurred since the start, by name. */
  public Map<String, Long> counts() {
    Map<String, Long> now = new TreeMap<>();
    counts.forEach((reason, count) -> now.put(reason, count.sum()));
    return now;
  }

  /** The counts as Prometheus text. */
  public String metrics() {
    var text = new StringBuilder("# TYPE placette_inbox_refused_total counter\n");
    counts()
        .forEach(
            (reason, count) ->
                text.append("placette_inbox_refused_total{reason=\"")
                    .append(reason)
                    .append("\"} ")
                    .append(count)
                    .append('\n'));
    return text.toString();
  }

  private static String plain(@Nullable String text) {
    if (text == null) return "-";
    var clean = UNPRINTABLE.matcher(text).replaceAll("");
    return clean.length() > LONGEST ? clean.substring(0, LONGEST) : clean;
  }
}
