package org.placette.mastodon;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the viewer and somebody (entities/Relationship).
 *
 * @param languages only these are wanted of their posts; null for all
 * @param note what the viewer wrote down about them; never null
 */
public record Relationship(
    String id,
    boolean following,
    boolean showingReblogs,
    boolean notifying,
    @Nullable List<String> languages,
    boolean followedBy,
    boolean blocking,
    boolean blockedBy,
    boolean muting,
    boolean mutingNotifications,
    boolean requested,
    boolean requestedBy,
    boolean domainBlocking,
    boolean endorsed,
    String note) {}
