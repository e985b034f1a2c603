package org.placette.web;

/**
 * What somebody may do, here or in one group. The table {@code role_permission} says which roles
 * may; {@code org.placette.role.Roles} answers.
 */
public enum Permission {
  /** Give and take roles. */
  ROLES,
  /** Change the name, texts and look of the place. */
  SETTINGS,
  /** Change the rules of care: probation, thresholds, the second person. */
  CARE,
  /** Change the charter. */
  CHARTER,
  /** Limit other servers. */
  DOMAINS,
  /** Answer reports and take measures. */
  MODERATE,
  /** Let people in. */
  ADMIT,
  /** Make invitations. */
  INVITE,
  /** Read the audit log. */
  AUDIT,
  /** Write the village's notices. */
  NOTICES,
  /** Make groups. */
  FOUND,
  /** Change a group. */
  EDIT_GROUP,
  /** Let members into a group. */
  MEMBERS,
  /** Pin posts to the top of a group. */
  PIN,
  /** Relaunch, schedule and challenge. */
  ANIMATE,
  /** Keep the list of places, rooms and their hours. */
  PLACES,
  /** Answer events for others. */
  PROXY,
  /** Tend the hashtags. */
  TAGS,
  /** Keep the history of the place. */
  HISTORY,
  /** Stand up for somebody who wants to come in. */
  VOUCH
}
