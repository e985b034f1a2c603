/** Text as people write and read it: HTML that is safe to show, plain text, composing. No feature. */
@NullMarked
package org.placette.text;

import org.jspecify.annotations.NullMarked;
