/**
 * Ways to sign in beside the password alone: a link by e-mail, codes of an app (RFC 6238) with
 * recovery codes, passkeys (Web Authentication, level 3); and the page where people arrange them.
 * Owns the tables {@code second_factor}, {@code recovery_code}, {@code passkey} and {@code
 * sign_in_step}. May import {@code user}, {@code mail}, {@code actor} and the platform.
 */
@NullMarked
package org.placette.signin;

import org.jspecify.annotations.NullMarked;
