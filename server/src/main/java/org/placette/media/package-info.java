/**
 * Files: what people upload, cleaned and made smaller, and pictures of other servers, kept for a
 * while. Owns the tables {@code media} and {@code media_gone} and the folders {@code media} and
 * {@code cache/remote} of the data folder. Knows actors and posts by id only; imports {@code db},
 * {@code web}, {@code config}, the protocol and, in {@code MediaApi}, {@code mastodon}.
 */
@NullMarked
package org.placette.media;

import org.jspecify.annotations.NullMarked;
