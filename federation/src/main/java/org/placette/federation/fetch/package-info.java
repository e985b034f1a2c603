/** Asking other servers: addresses checked, answers bounded, origins proven. */
@NullMarked
package org.placette.federation.fetch;

import org.jspecify.annotations.NullMarked;
