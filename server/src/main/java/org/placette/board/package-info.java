/**
 * What hangs on walls and stands in halls: the screen of the hall ({@code /panneau}), the kiosk
 * ({@code /borne}), posters and the weekly bulletin on paper. Shows to everybody what everybody may
 * read, whoever is signed in. Owns no table; reads events, posts and announcements.
 */
@NullMarked
package org.placette.board;

import org.jspecify.annotations.NullMarked;
