/**
 * Letters by e-mail, when a mail server is set. Owns the table {@code letter}: letters are written
 * in the transaction of what they tell about, and sent afterwards. May import {@code db}, {@code
 * config} and {@code web}.
 */
@NullMarked
package org.placette.mail;

import org.jspecify.annotations.NullMarked;
