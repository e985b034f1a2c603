package org.placette.moderation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asks the moderators to look (Flag).
 *
 * @param uri the Flag's id; null for a report made here
 * @param actorId who reports: often another server's instance actor, in somebody's name
 * @param targetId the local actor it is about
 * @param objects ids of what it is about, posts and actors
 * @param content plain text
 */
public record Report(
    @Nullable String uri,
    long actorId,
    long targetId,
    List<String> objects,
    @Nullable String content) {}
