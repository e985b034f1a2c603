package org.placette.signup;

import java.time.Instant;

/**
 * Somebody who waits to be let in.
 *
 * @param actorId their account, which cannot be used yet
 * @param reason what they say of themselves
 * @param locale fr or en
 * @param sponsor the name of the resident whom they named; empty for none
 * @param vouched whether that resident stands up for them
 */
public record SignUp(
    long actorId,
    String username,
    String email,
    String reason,
    Instant since,
    String locale,
    String sponsor,
    boolean vouched) {}
