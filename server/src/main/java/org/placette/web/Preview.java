package org.placette.web;

/**
 * The picture of a page that previews of its link show.
 *
 * @param url of the picture, absolute or on this server
 * @param width in pixels; 0 when nobody knows, then the height is not known either
 * @param alt what it shows, in words; may be empty
 */
public record Preview(String url, int width, int height, String alt) {}
