package org.placette.outbox;

/**
 * An activity as a local actor sent it.
 *
 * @param uri its id
 * @param body the JSON text, byte for byte what was delivered
 * @param isPublic whether anybody may read it at its id
 */
public record SentActivity(
    long id, String uri, long actorId, String type, String body, boolean isPublic) {}
