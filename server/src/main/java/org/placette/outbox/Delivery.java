package org.placette.outbox;

import java.time.Instant;

/**
 * A claimed row of {@code delivery}.
 *
 * @param actorId who sends, and whose key signs
 * @param tries how often it has failed
 * @param hostFailures how often its host has failed since a delivery last succeeded there
 * @param published when the activity was made
 * @param oneByOne whether its host is sent one after the other: WordPress notes what it still has
 *     to do in a single option, where requests at the same time overwrite each other's notes
 */
record Delivery(
    long id,
    long activityId,
    long actorId,
    String inbox,
    String host,
    int tries,
    int hostFailures,
    Instant published,
    boolean oneByOne) {}
