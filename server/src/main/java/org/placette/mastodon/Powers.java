package org.placette.mastodon;

import java.util.Map;
import java.util.Set;
import org.placette.web.Permission;

/** What somebody may do, as clients know it: bits of a number (entities/Role, permissions). */
public final class Powers {

  private static final Map<Permission, Long> BITS =
      Map.of(
          Permission.AUDIT, 0x4L,
          Permission.MODERATE, 0x10L | 0x80L | 0x200L | 0x400L,
          Permission.DOMAINS, 0x20L,
          Permission.SETTINGS, 0x1L | 0x8L | 0x40L,
          Permission.TAGS, 0x100L,
          Permission.ADMIT, 0x800L,
          Permission.CHARTER, 0x1000L,
          Permission.NOTICES, 0x2000L,
          Permission.INVITE, 0x10000L,
          Permission.ROLES, 0x20000L);

  private Powers() {}

  /** The number as text, since it may outgrow what JavaScript counts exactly. */
  public static String bits(Set<Permission> permissions) {
    return String.valueOf(
        permissions.stream()
            .mapToLong(one -> BITS.getOrDefault(one, 0L))
            .reduce(0, (a, b) -> a | b));
  }

  /**
   * One's own role: the most powerful one, with what all of them may do.
   *
   * @param name what the place calls it
   */
  public static Account.Role role(String word, String name, Set<Permission> permissions) {
    return new Account.Role(word, name, bits(permissions), "", false);
  }
}
