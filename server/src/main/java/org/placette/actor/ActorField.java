package org.placette.actor;

/**
 * One row of an actor's profile (PropertyValue).
 *
 * @param name plain text
 * @param value sanitised HTML
 */
public record ActorField(String name, String value) {}
