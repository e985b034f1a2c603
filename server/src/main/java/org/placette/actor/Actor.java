package org.placette.actor;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An actor as stored (Activity Vocabulary, actor types), local or remote.
 *
 * @param id this server's 64-bit time-sortable number
 * @param uri the ActivityPub id
 * @param type Person, Service, Group, Application or Organization
 * @param username preferredUsername
 * @param host the remote host (with port, if any), or null for a local actor
 * @param summary sanitised HTML
 * @param inbox where to deliver
 * @param upcoming the collection of coming events (FEP-8a8e)
 * @param fields what people say of themselves in rows of a name and a value
 * @param emoji custom ones in its name and words; none for a local actor
 * @param automated true when nobody writes it by hand: other servers see a Service
 * @param hidesPeople true when whom it follows and who follows it is shown to nobody else
 * @param movedTo the uri of the account that replaces this one
 * @param fetchedAt when it was last seen at its id; null for a local actor
 * @param suspended true when nothing of it may be shown or taken, because it was suspended here
 * @param deleted true when it is gone for good and its id answers 410
 */
public record Actor(
    long id,
    String uri,
    String type,
    String username,
    @Nullable String host,
    @Nullable String name,
    @Nullable String summary,
    @Nullable String url,
    String inbox,
    @Nullable String sharedInbox,
    @Nullable String outbox,
    @Nullable String followers,
    @Nullable String following,
    @Nullable String featured,
    @Nullable String upcoming,
    @Nullable String icon,
    @Nullable String image,
    List<ActorField> fields,
    List<ActorEmoji> emoji,
    boolean manuallyApprovesFollowers,
    boolean discoverable,
    boolean indexable,
    boolean automated,
    boolean hidesPeople,
    List<String> alsoKnownAs,
    @Nullable String movedTo,
    Instant published,
    @Nullable Instant fetchedAt,
    boolean suspended,
    boolean deleted,
    List<String> attributionDomains) {

  /** True for an actor of this server. */
  public boolean local() {
    return host == null;
  }

  /** True when pages of a host, or of one above it, may name this actor as their author. */
  public boolean allowsAuthorship(String host) {
    return attributionDomains.stream()
        .anyMatch(site -> host.equals(site) || host.endsWith("." + site));
  }

  /** True when the type is one of these. */
  public boolean isType(String... types) {
    return List.of(types).contains(type);
  }

  /** {@code name@host} as people write it; local actors get {@code ourHost}. */
  public String handle(String ourHost) {
    return username + "@" + (host == null ? ourHost : host);
  }

  /** The display name; the username when none was given. */
  public String displayName() {
    return name == null || name.isBlank() ? username : name;
  }
}
