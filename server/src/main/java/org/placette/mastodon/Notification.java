package org.placette.mastodon;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.mastodon.Json.Rendered;

/**
 * What somebody is told (entities/Notification).
 *
 * @param id below 2^53, since apps read it as a number elsewhere
 * @param account who did it
 * @param status what it is about; left out where there is none
 * @param report left out for everything but reports
 * @param moderationWarning left out for everything but measures
 * @param group that somebody asks to join; left out for everything else. Ours: apps offer to answer
 *     a {@code follow_request}, and do not know for whom
 */
public record Notification(
    String id,
    String type,
    Instant createdAt,
    String groupKey,
    Rendered account,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Status status,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Report report,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Warning moderationWarning,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Rendered group) {

  /**
   * Several of one kind about one thing (entities/GroupedNotificationsResults, NotificationGroup).
   *
   * @param mostRecentNotificationId a number, unlike every other id
   * @param sampleAccountIds the latest eight
   */
  public record Group(
      String groupKey,
      long notificationsCount,
      String type,
      long mostRecentNotificationId,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String pageMinId,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String pageMaxId,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant latestPageNotificationAt,
      List<String> sampleAccountIds,
      @Nullable String statusId,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Report report,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Warning moderationWarning,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Rendered group) {}

  /** A measure that somebody is told of (entities/AccountWarning). */
  public record Warning(
      String id,
      String action,
      String text,
      List<String> statusIds,
      @Nullable Rendered targetAccount,
      @Nullable Appeal appeal,
      Instant createdAt) {}

  /** What they answered (entities/Appeal). */
  public record Appeal(String text, String state) {}

  /**
   * Groups with everything that they name (entities/GroupedNotificationsResults).
   *
   * @param partialAccounts left out unless asked for
   */
  public record Groups(
      List<?> accounts,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<PartialAccount> partialAccounts,
      List<Status> statuses,
      List<Group> notificationGroups) {}

  /** As much of an account as a row of portraits needs. */
  public record PartialAccount(
      String id,
      String acct,
      String url,
      String avatar,
      String avatarStatic,
      boolean locked,
      boolean bot) {}

  /** What a moderator is told of a report (entities/Report). */
  public record Report(
      String id,
      boolean actionTaken,
      @Nullable Instant actionTakenAt,
      String category,
      String comment,
      boolean forwarded,
      Instant createdAt,
      List<String> statusIds,
      List<String> ruleIds,
      @Nullable Rendered targetAccount) {}

  /** What somebody keeps aside of one account (entities/NotificationRequest). */
  public record Request(
      String id,
      Instant createdAt,
      Instant updatedAt,
      String notificationsCount,
      Rendered account,
      @Nullable Status lastStatus) {}
}
