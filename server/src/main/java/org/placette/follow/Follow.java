package org.placette.follow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One actor follows another, or asks to.
 *
 * @param uri the id of the Follow activity, exactly as its sender spelled it
 * @param actorId who follows
 * @param targetId who is followed
 * @param accepted false while the target has not answered
 * @param activity the Follow as sent or received, for the answer to embed
 */
public record Follow(
    long id,
    String uri,
    long actorId,
    long targetId,
    boolean accepted,
    ObjectNode activity,
    Instant published) {}
