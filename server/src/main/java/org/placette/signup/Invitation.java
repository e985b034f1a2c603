package org.placette.signup;

import java.time.Instant;

/**
 * A link that lets people in.
 *
 * @param by the username of who made it
 * @param usesLeft how many people it still lets in
 */
public record Invitation(long id, String by, int usesLeft, Instant expires) {}
