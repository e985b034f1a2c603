/**
 * The ring: neighbours whose keys two humans have compared by six words, who then read what is for
 * neighbours (Voisins). Owns the columns {@code confirmed_at}, {@code confirmed_by} and {@code
 * ring_problem} of {@code neighbour}, and the list of words. May import {@code actor}, {@code
 * audit}, {@code instance} and the platform.
 */
@NullMarked
package org.placette.ring;

import org.jspecify.annotations.NullMarked;
