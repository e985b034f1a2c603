/**
 * What residents are told by letter: at once, in one letter a day or a week, or not at all, by kind
 * of news; and when they want quiet. Owns the table {@code notice_choice}; reads {@code
 * notification} and the agenda. May import {@code notification}, {@code actor}, {@code mail},
 * {@code text} and the platform.
 */
@NullMarked
package org.placette.digest;

import org.jspecify.annotations.NullMarked;
