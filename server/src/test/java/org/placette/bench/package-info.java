/** Programs that print figures; no tests. How to run them is told in docs/benchmarks.md. */
@NullMarked
package org.placette.bench;

import org.jspecify.annotations.NullMarked;
