/**
 * ActivityStreams 2.0 documents as peers really send them: read by short key, leniently, and never
 * by fetching a context.
 */
@NullMarked
package org.placette.federation.vocab;

import org.jspecify.annotations.NullMarked;
