/**
 * A believable French village, Saint-Just-le-Lavoir, made through the same use cases that people
 * use: for {@code placette run --demo}, screenshots and tests. Owns no table; may import any
 * feature but the read side.
 */
@NullMarked
package org.placette.demo;

import org.jspecify.annotations.NullMarked;
