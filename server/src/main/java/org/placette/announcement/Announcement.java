package org.placette.announcement;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.mastodon.Account;
import org.placette.mastodon.Status;

/**
 * A notice of the village (entities/Announcement).
 *
 * @param content safe HTML
 * @param startsAt when what it speaks of begins; it is shown before that too
 * @param endsAt after that it is shown no more
 * @param read whether the viewer has put it away
 */
record Announcement(
    String id,
    String content,
    @Nullable Instant startsAt,
    @Nullable Instant endsAt,
    boolean allDay,
    Instant publishedAt,
    Instant updatedAt,
    boolean read,
    List<Status.Mention> mentions,
    List<Status.Tag> statuses,
    List<Status.Tag> tags,
    List<Account.Emoji> emojis,
    List<Reaction> reactions) {

  /** An emoji that people answered with (entities/Reaction). */
  record Reaction(String name, long count, boolean me) {}
}
