/**
 * How somebody gets an account without the command line: asking and being let in by those who
 * moderate, or by an invitation. Owns the tables {@code sign_up} and {@code invitation}. May import
 * actor, audit, care, role, user, notification, mail, {@code mastodon} in {@code SignUpApi}, and
 * the platform.
 */
@NullMarked
package org.placette.signup;

import org.jspecify.annotations.NullMarked;
