/**
 * What people with powers did, and why: rows that nobody can change, written in the transaction of
 * what they tell about. Owns the table {@code audit}. May import the platform alone.
 */
@NullMarked
package org.placette.audit;

import org.jspecify.annotations.NullMarked;
