package org.placette.oauth;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registered app (RFC 6749, section 2).
 *
 * @param clientId its public name in the protocol
 * @param website an http or https address, or null
 * @param redirectUris where people may be sent back to, compared as they stand
 * @param scopes the most it may ask for
 */
public record App(
    long id,
    String clientId,
    String name,
    @Nullable String website,
    List<String> redirectUris,
    Set<String> scopes) {}
