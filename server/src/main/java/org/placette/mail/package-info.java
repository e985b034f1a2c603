/**
 * Letters by e-mail, when a mail server is set. Owns the tables {@code letter} and {@code
 * mail_choice}: letters are written in the transaction of what they tell about, and sent
 * afterwards. May import {@code mastodon} and the platform.
 */
@NullMarked
package org.placette.mail;

import org.jspecify.annotations.NullMarked;
