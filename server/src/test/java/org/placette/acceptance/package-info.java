/** Whole villages, each a process of its own with its own PostgreSQL, as their people see them. */
@NullMarked
package org.placette.acceptance;

import org.jspecify.annotations.NullMarked;
