/**
 * Apps that residents use, by OAuth 2 (RFC 6749, 6750, 7009, 7636, 8414): their registration, the
 * page that asks the resident, codes and tokens, and the page that lists and ends them. Owns the
 * tables {@code app}, {@code authorization_code} and {@code access_token}. May import mastodon,
 * user, actor and the platform.
 */
@NullMarked
package org.placette.oauth;

import org.jspecify.annotations.NullMarked;
