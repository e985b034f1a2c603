/**
 * What other projects' servers really send: a folder of their payloads beside the checkout, each
 * judged by a real Placette with a real signature. The payloads are read where they lie and never
 * copied here.
 */
@NullMarked
package org.placette.corpus;

import org.jspecify.annotations.NullMarked;
