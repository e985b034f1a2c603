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
 * @param movedTo the uri of the account that replaces this one
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
    @Nullable String icon,
    @Nullable String image,
    boolean manuallyApprovesFollowers,
    boolean discoverable,
    List<String> alsoKnownAs,
    @Nullable String movedTo,
    Instant published,
    @Nullable Instant fetchedAt,
    boolean suspended) {

  /** True for an actor of this server. */
  public boolean local() {
    return host == null;
  }

  /** The display name; the username when none was given. */
  public String displayName() {
    return name == null || name.isBlank() ? username : name;
  }
}
