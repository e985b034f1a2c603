/**
 * People who can sign in: accounts, passwords, sessions in browsers, and the set-up of the first
 * owner. Owns the tables {@code account} and {@code session}; reads {@code sign_up}. May import
 * actor, role, {@code mastodon} in {@code ProfileApi}, and the platform.
 */
@NullMarked
package org.placette.user;

import org.jspecify.annotations.NullMarked;
