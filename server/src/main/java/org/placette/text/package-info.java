/** Text from anywhere made safe, plain or rich; text typed here made into clean HTML; languages. */
@NullMarked
package org.placette.text;

import org.jspecify.annotations.NullMarked;
