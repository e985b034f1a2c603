/** What many tests share: a real PostgreSQL, villages, foreign servers. */
@NullMarked
package org.placette.testing;

import org.jspecify.annotations.NullMarked;
