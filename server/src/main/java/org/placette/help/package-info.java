/** Short guides inside the product. Owns no table; imports {@code web} and {@code text}. */
@NullMarked
package org.placette.help;

import org.jspecify.annotations.NullMarked;
