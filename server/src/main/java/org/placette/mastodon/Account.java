package org.placette.mastodon;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An actor as clients know it (entities/Account). Every link is absolute and never empty; texts are
 * safe HTML where the name says note or value, plain text elsewhere.
 *
 * @param acct {@code name} for somebody from here, {@code name@host} for others
 * @param createdAt at midnight
 * @param moved the account that replaces this one; left out when there is none
 */
public record Account(
    String id,
    String username,
    String acct,
    String displayName,
    boolean locked,
    boolean bot,
    boolean discoverable,
    boolean indexable,
    boolean group,
    Instant createdAt,
    String note,
    String url,
    String uri,
    String avatar,
    String avatarStatic,
    String header,
    String headerStatic,
    long followersCount,
    long followingCount,
    long statusesCount,
    @Nullable LocalDate lastStatusAt,
    boolean hideCollections,
    boolean noindex,
    List<Emoji> emojis,
    List<Role> roles,
    List<Field> fields,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Account moved,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean suspended,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean limited) {

  /** A custom emoji (entities/CustomEmoji). */
  public record Emoji(String shortcode, String url, String staticUrl, boolean visibleInPicker) {}

  /** A row of a profile (entities/Account, Field). */
  public record Field(String name, String value, @Nullable Instant verifiedAt) {}

  /** What somebody is here (entities/Role). */
  public record Role(
      String id, String name, String permissions, String color, boolean highlighted) {}
}
