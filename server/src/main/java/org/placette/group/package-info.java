/**
 * Themes, commissions and clubs: Groups that residents make (FEP-1b12), who may read and join them,
 * who cares for them, and what is pinned there. To follow a Group is to be its member, so that
 * membership is the {@code follow} package's matter. What is posted is {@code post}'s.
 *
 * <p>Owns the table {@code theme}. May import {@code actor}, {@code audit}, {@code role}, {@code
 * follow}, {@code post}, {@code media}'s portraits and the platform.
 */
@NullMarked
package org.placette.group;

import org.jspecify.annotations.NullMarked;
