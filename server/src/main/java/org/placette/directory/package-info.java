/**
 * What can be found here: associations, people who want to be found, hashtags, and the same for
 * search engines ({@code sitemap.xml}, {@code robots.txt}). Owns no table. May import {@code
 * actor}, {@code instance}, {@code text} and the platform.
 */
@NullMarked
package org.placette.directory;

import org.jspecify.annotations.NullMarked;
