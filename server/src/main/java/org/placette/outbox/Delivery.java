package org.placette.outbox;

import java.time.Instant;

/**
 * A claimed row of {@code delivery}.
 *
 * @param actorId who sends, and whose key signs
 * @param tries how often it has failed
 * @param hostFailures how often its host has failed since a delivery last succeeded there
 * @param published when the activity was made
 */
record Delivery(
    long id,
    long activityId,
    long actorId,
    String inbox,
    String host,
    int tries,
    int hostFailures,
    Instant published) {}
