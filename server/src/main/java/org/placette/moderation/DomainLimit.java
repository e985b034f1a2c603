package org.placette.moderation;

import java.util.Locale;

/**
 * What is limited of another server and everything below its name.
 *
 * @param domain in canonical form
 * @param rejectMedia whether pictures of its people are not fetched
 * @param rejectReports whether its Flags are refused
 * @param publicComment why, for everybody; may be empty
 * @param obfuscate whether the name is starred where everybody reads it
 * @param reason why, for those who moderate; may be empty
 */
public record DomainLimit(
    String domain,
    Severity severity,
    boolean rejectMedia,
    boolean rejectReports,
    String publicComment,
    boolean obfuscate,
    String reason) {

  /** Its name as it is told to everybody: not quite, where the name itself is an insult. */
  public String shown() {
    if (!obfuscate) return domain;
    var all = new StringBuilder(domain);
    for (int i = domain.length() / 4; i < domain.length() - domain.length() / 4; i++)
      if (all.charAt(i) != '.') all.setCharAt(i, '*');
    return all.toString();
  }

  /** How much, in the words of Mastodon's lists. */
  public enum Severity {
    /** Only what is said beside. */
    NOOP,
    /** Its people are limited. */
    SILENCE,
    /** Nothing is exchanged, and nothing of it shown. */
    SUSPEND;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Nothing is exchanged with a server any more. */
  public static DomainLimit suspend(String domain, String reason) {
    return new DomainLimit(domain, Severity.SUSPEND, false, false, "", false, reason);
  }

  boolean suspends() {
    return severity == Severity.SUSPEND;
  }
}
