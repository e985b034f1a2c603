/**
 * Who may do what: roles, many for each person, for the whole place or for one group, and the
 * permissions of each. Owns the tables {@code role_permission} and {@code role_grant} and the view
 * {@code granted}, which queries of other features may join. May import audit, actor and the
 * platform.
 */
@NullMarked
package org.placette.role;

import org.jspecify.annotations.NullMarked;
