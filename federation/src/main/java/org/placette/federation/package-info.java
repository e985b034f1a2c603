/** The protocol, usable by any Java server: no SQL, no routes, no word of Placette's own. */
@NullMarked
package org.placette.federation;

import org.jspecify.annotations.NullMarked;
