package org.placette.emoji;

/**
 * A custom emoji of this place.
 *
 * @param code what people write between colons
 * @param url of its picture, which may move
 * @param still of a picture that does not move
 */
public record Emoji(String code, String url, String still) {}
