package org.placette.list;

/**
 * A list of people (entities/List).
 *
 * @param repliesPolicy followed, list or none
 * @param exclusive whether its people are left out of the home timeline
 */
record PeopleList(String id, String title, String repliesPolicy, boolean exclusive) {}
