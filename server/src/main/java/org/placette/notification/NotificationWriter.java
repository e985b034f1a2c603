package org.placette.notification;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.placette.mastodon.Account;
import org.placette.mastodon.Json.Rendered;
import org.placette.mastodon.Notification;
import org.placette.mastodon.Status;
import org.placette.mastodon.Statuses;
import org.placette.notification.NotificationPageStore.Group;
import org.placette.notification.NotificationPageStore.MeasureRow;
import org.placette.notification.NotificationPageStore.ReportRow;
import org.placette.notification.NotificationPageStore.Told;
import org.placette.notification.NotificationStore.Type;

/** Rows as apps see them. However many there are, statuses and accounts are read at once. */
final class NotificationWriter {

  private static final String CONTEXT = "notifications";

  private final Statuses statuses;

  NotificationWriter(Statuses statuses) {
    this.statuses = statuses;
  }

  private static String word(String type, Set<String> asked) {
    for (var one : Type.values())
      if (one.name().equals(type))
        return asked.contains(one.special()) ? one.special() : one.word();
    return type;
  }

  List<Notification> all(long person, List<Told> rows) {
    return all(person, rows, Set.of());
  }

  /** In their order; those about a post that the person may not read any more are left out. */
  List<Notification> all(long person, List<Told> rows, Set<String> asked) {
    var people =
        people(
            named(
                rows.stream().map(Told::from),
                rows.stream().map(Told::group),
                rows.stream().map(Told::measure)),
            rows.stream().map(Told::report));
    var posts = posts(person, rows.stream().map(Told::post));
    List<Notification> all = new ArrayList<>();
    for (var row : rows) {
      var account = people.get(row.from());
      var status = row.post() == null ? null : posts.get(row.post());
      if (account == null || (row.post() != null && status == null)) continue;
      all.add(
          new Notification(
              String.valueOf(row.id()),
              word(row.type(), asked),
              row.published(),
              row.groupKey(),
              account,
              status,
              report(row.report(), people),
              warning(row.measure(), people),
              row.group() == null ? null : people.get(row.group())));
    }
    return all;
  }

  /**
   * Groups with all that they name.
   *
   * @param partial sends of all but the first of each group only what a row of portraits needs
   */
  Notification.Groups groups(long person, List<Group> rows, boolean partial) {
    var posts = posts(person, rows.stream().map(Group::post));
    var shown = rows.stream().filter(r -> r.post() == null || posts.containsKey(r.post())).toList();
    var people =
        people(
            named(
                shown.stream().flatMap(r -> r.people().stream()),
                shown.stream().map(Group::asked),
                shown.stream().map(Group::measure)),
            shown.stream().map(Group::report));
    Set<Long> first = new LinkedHashSet<>();
    Set<Long> others = new LinkedHashSet<>();
    for (var row : shown) {
      first.add(row.people().getFirst());
      others.addAll(row.people());
    }
    others.removeAll(first);
    List<Rendered> accounts = new ArrayList<>();
    for (var id : partial ? first : Stream.concat(first.stream(), others.stream()).toList())
      if (people.get(id) != null) accounts.add(people.get(id));
    return new Notification.Groups(
        accounts,
        partial ? partial(others) : null,
        List.copyOf(posts.values()),
        shown.stream().map(row -> group(row, people)).toList());
  }

  private List<Notification.PartialAccount> partial(Collection<Long> ids) {
    return statuses.accounts().byIds(ids).stream().map(NotificationWriter::partial).toList();
  }

  private static Notification.PartialAccount partial(Account a) {
    return new Notification.PartialAccount(
        a.id(), a.acct(), a.url(), a.avatar(), a.avatarStatic(), a.locked(), a.bot());
  }

  private static Notification.Group group(Group row, Map<Long, Rendered> people) {
    return new Notification.Group(
        row.key(),
        row.count(),
        Type.word(row.type()),
        row.newest(),
        String.valueOf(row.pageMin()),
        String.valueOf(row.pageMax()),
        row.latest(),
        row.people().stream().map(String::valueOf).toList(),
        row.post() == null ? null : String.valueOf(row.post()),
        report(row.report(), people),
        warning(row.measure(), people),
        row.asked() == null ? null : people.get(row.asked()));
  }

  /** Those who did it, the Groups that it is about, and those whom measures are about. */
  private static Stream<Long> named(
      Stream<Long> from, Stream<@Nullable Long> groups, Stream<@Nullable MeasureRow> measures) {
    var targets = measures.filter(Objects::nonNull).map(MeasureRow::target);
    return Stream.of(from, groups.filter(Objects::nonNull), targets).flatMap(it -> it);
  }

  private static Notification.@Nullable Warning warning(
      @Nullable MeasureRow row, Map<Long, Rendered> people) {
    if (row == null) return null;
    var action =
        switch (row.action()) {
          case "hide" -> "mark_statuses_as_sensitive";
          case "delete_post" -> "delete_statuses";
          case "limit" -> "silence";
          case "suspend", "delete_account" -> "suspend";
          default -> "none";
        };
    return new Notification.Warning(
        String.valueOf(row.id()),
        action,
        row.reason(),
        row.post() == null ? List.of() : List.of(String.valueOf(row.post())),
        people.get(row.target()),
        row.appeal() == null ? null : new Notification.Appeal(row.reason(), state(row.appeal())),
        row.published());
  }

  /** The word that apps know: an appeal that was granted is approved. */
  private static String state(String stored) {
    return switch (stored) {
      case "granted" -> "approved";
      case "refused" -> "rejected";
      default -> "pending";
    };
  }

  private static Notification.@Nullable Report report(
      @Nullable ReportRow row, Map<Long, Rendered> people) {
    if (row == null) return null;
    return new Notification.Report(
        String.valueOf(row.id()),
        false,
        null,
        "other",
        row.content() == null ? "" : row.content(),
        false,
        row.published(),
        List.of(),
        List.of(),
        row.target() == null ? null : people.get(row.target()));
  }

  private Map<Long, Rendered> people(Stream<Long> from, Stream<@Nullable ReportRow> reports) {
    Set<Long> ids = new LinkedHashSet<>(from.toList());
    reports
        .filter(Objects::nonNull)
        .map(ReportRow::target)
        .filter(Objects::nonNull)
        .forEach(ids::add);
    return statuses.accounts().ready(ids);
  }

  Map<Long, Rendered> people(Stream<Long> ids) {
    return people(ids, Stream.empty());
  }

  Map<Long, Status> posts(long person, Stream<@Nullable Long> ids) {
    Map<Long, Status> all = new HashMap<>();
    var wanted = ids.filter(Objects::nonNull).distinct().toList();
    for (var one : statuses.byIds(person, wanted, CONTEXT)) all.put(one.id(), one);
    return all;
  }
}
