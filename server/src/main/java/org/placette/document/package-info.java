/**
 * Documents that people attached to what they wrote: listed by group and year, found by their
 * words. Owns no table; reads {@code post}. May import {@code actor}, {@code audience}, {@code
 * post} and the platform.
 */
@NullMarked
package org.placette.document;

import org.jspecify.annotations.NullMarked;
