/** Placette's server: Main wires the features together by hand. */
@NullMarked
package org.placette;

import org.jspecify.annotations.NullMarked;
