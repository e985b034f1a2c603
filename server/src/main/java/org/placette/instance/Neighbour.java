package org.placette.instance;

import org.jspecify.annotations.Nullable;

/**
 * A server next to ours.
 *
 * @param actorId its own actor; null until it was found
 * @param added true when somebody here added it; false when it only asked
 * @param state requested (still to be found), found, or failed
 * @param problem why it could not be found or reached; null when all is well
 * @param replay our coming events are still to be sent to it
 * @param backfill its outbox is still to be read
 */
record Neighbour(
    String host,
    @Nullable Long actorId,
    boolean added,
    String state,
    @Nullable String problem,
    boolean replay,
    boolean backfill,
    int attempts) {}
