package org.placette.board;

/**
 * A conversation of the place.
 *
 * @param by who began it
 * @param words its title, or the text as safe HTML
 */
public record Talk(String path, String by, boolean titled, String words, int replies) {}
