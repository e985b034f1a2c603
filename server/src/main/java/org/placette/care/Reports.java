package org.placette.care;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.audit.Audit;
import org.placette.care.Measure.Action;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Tx;
import org.placette.notification.NotificationStore;
import org.placette.notification.NotificationStore.Type;
import org.placette.outbox.Outbox;
import org.placette.outbox.Target;
import org.placette.role.Roles;
import org.placette.text.Excerpt;
import org.placette.web.Limit;
import org.placette.web.Permission;
import org.placette.web.Problem;

/** Somebody asks the moderators to look; here, from an app, or from another server. */
public final class Reports {

  /** The categories that apps know. */
  static final Set<String> CATEGORIES = Set.of("spam", "legal", "violation", "other");

  private static final int LONGEST = 5_000;
  private static final int MOST_POSTS = 100;
  private static final int EXCERPT = 600;
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final int PER_PERSON = 20;
  private static final int PER_HOST = 60;

  private final Db db;
  private final Actors actors;
  private final Outbox outbox;
  private final Measures measures;
  private final Limit people = new Limit(PER_PERSON, WINDOW);
  private final Limit hosts = new Limit(PER_HOST, WINDOW);

  public Reports(Db db, Actors actors, Outbox outbox, Measures measures) {
    this.db = db;
    this.actors = actors;
    this.outbox = outbox;
    this.measures = measures;
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.aged(
            "report", "retention.report", Duration.ofDays(365), "id", "published < now() - :keep"),
        Retention.Table.owned("report_note", "retention.report_note"),
        Retention.Table.aged(
            "measure",
            "retention.measure",
            Duration.ofDays(730),
            "id",
            "published < now() - :keep and (state <> 'applied' or action in ('warn',"
                + " 'delete_post'))"),
        Retention.Table.owned("appeal", "retention.appeal"));
  }

  /**
   * A report.
   *
   * @param uri the Flag's id; null for one made here
   * @param by who reports: for a Flag often the other server's own actor, in somebody's name
   * @param objects ids of what it is about, posts and actors
   * @param content plain text
   * @param rules numbers of the charter's words
   */
  record Filed(
      @Nullable String uri,
      Actor by,
      Actor target,
      List<String> objects,
      String content,
      String category,
      List<String> rules,
      boolean forwarded) {}

  /**
   * What a resident wants to report.
   *
   * @param category one of those that apps know; anything else is chosen by the rules
   * @param forward whether the server of the reported person is to hear of it, without the
   *     reporter's name
   */
  public record Wanted(
      Actor target,
      List<Long> posts,
      String comment,
      @Nullable String category,
      List<String> rules,
      boolean forward) {}

  /** What was reported. */
  record Done(long id, String category, boolean forwarded, List<Long> posts) {}

  /**
   * A resident reports somebody, or what they wrote.
   *
   * @throws Problem.TooMany after twenty within an hour
   */
  Done file(Actor by, Wanted wanted) {
    if (wanted.comment().length() > LONGEST)
      throw new Problem.Invalid(
          "Validation failed: Comment is too long", java.util.Map.of("comment", "error.long"));
    people.count(String.valueOf(by.id()));
    var rules = wanted.rules().stream().limit(50).toList();
    var target = wanted.target();
    var ids = wanted.posts().stream().limit(MOST_POSTS).toList();
    var posts = ReportStore.postsOf(db, target.id(), by.id(), ids);
    List<String> objects = new ArrayList<>(List.of(target.uri()));
    posts.forEach(post -> objects.add(post.uri()));
    var category = wanted.category();
    if (category == null || !CATEGORIES.contains(category)) category = "other";
    // Whoever names rules that are broken speaks of a violation, also when that was not ticked.
    if (category.equals("other") && !rules.isEmpty()) category = "violation";
    var forward = wanted.forward() && !target.local();
    var filed = new Filed(null, by, target, objects, wanted.comment(), category, rules, forward);
    var id =
        db.inTransaction(
            tx -> {
              if (forward) forward(tx, target, objects, wanted.comment());
              return store(tx, filed);
            });
    return new Done(
        Objects.requireNonNullElse(id, 0L),
        category,
        forward,
        posts.stream().map(ReportStore.Reported::id).toList());
  }

  /** Counts a report of a server; false when it is one too many. */
  boolean takes(String host) {
    try {
      hosts.count(host);
      return true;
    } catch (Problem.TooMany e) {
      return false;
    }
  }

  /**
   * Stores a report once, tells those who moderate, and hides what many trusted people reported.
   */
  @Nullable Long store(Tx tx, Filed filed) {
    var id = ReportStore.insert(tx, Ids.next(), filed);
    if (id == null) return null;
    NotificationStore.tellModerators(tx, Type.Report, filed.by().id(), id);
    var most = CareRules.of(tx).hideAt();
    if (most <= 0) return id;
    for (var post : ReportStore.reportedBy(tx, filed.objects(), most)) {
      var excerpt = Excerpt.of(post.content(), EXCERPT);
      measures.hide(
          tx,
          new Measures.Order(
              filed.target(), post.id(), excerpt, id, 0, Action.HIDE, "", List.of()));
    }
    return id;
  }

  /** The other server is not told who reports: the instance does. */
  private void forward(Tx tx, Actor target, List<String> objects, String comment) {
    var relay = actors.byUri(tx, actors.urls().relay());
    if (relay == null) return;
    var flag =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", actors.urls().activity(Ids.next()))
            .put("type", "Flag")
            .put("actor", relay.uri())
            .put("content", comment);
    objects.forEach(flag.putArray("object")::add);
    flag.putArray("to").add(target.uri());
    var unused = outbox.send(tx, relay, flag, List.of(Target.personal(target)));
  }

  /**
   * The queue.
   *
   * @param viewer who looks: those who moderate one group see what was posted there
   * @param which open, mine or closed
   */
  List<ReportCase.Line> queue(long viewer, String which, long before, int limit) {
    return ReportStore.queue(db, viewer, which, before, limit);
  }

  /**
   * One report with all that is known.
   *
   * @throws Problem.NotFound when this viewer may not know of it
   */
  ReportCase one(long viewer, long id) {
    var found = ReportStore.one(db, viewer, id);
    if (found == null) throw new Problem.NotFound();
    return found;
  }

  /** Somebody takes a report upon themselves, or lets go of it. */
  void assign(Actor by, long id, boolean mine) {
    var unused = one(by.id(), id);
    db.transact(
        tx -> {
          ReportStore.assign(tx, id, mine ? by.id() : null);
          Audit.write(tx, by.id(), mine ? "report.take" : "report.leave", null, "" + id, "");
        });
  }

  /** A note for the others who moderate. */
  void note(Actor by, long id, String text) {
    var unused = one(by.id(), id);
    if (text.isBlank() || text.length() > LONGEST) throw new Problem.BadRequest("A note is needed");
    db.transact(tx -> ReportStore.note(tx, Ids.next(), id, by.id(), text));
  }

  /**
   * What others think of a report, such as a confirmed neighbour: read by those who moderate, and
   * nothing follows from it by itself.
   *
   * @param by who says so, here or elsewhere
   * @param text plain; cut at 5000 characters
   */
  public void remark(Tx tx, long report, Actor by, String text) {
    var words = text.substring(0, Math.min(LONGEST, text.length()));
    ReportStore.note(tx, Ids.next(), report, by.id(), words);
  }

  /** Nothing is wrong: the report is closed, and what the server hid because of it shown again. */
  void dismiss(Actor by, long id, String reason) {
    var found = one(by.id(), id);
    db.transact(
        tx -> {
          measures.clear(tx, found.objects());
          ReportStore.close(tx, id, by.id(), "nothing", false);
          if (!reason.isBlank()) ReportStore.note(tx, Ids.next(), id, by.id(), reason);
          Audit.write(tx, by.id(), "report.dismiss", found.targetId(), "", reason);
        });
  }

  /** A closed report is looked at again. */
  void reopen(Actor by, long id) {
    var found = one(by.id(), id);
    db.transact(
        tx -> {
          ReportStore.reopen(tx, id);
          Audit.write(tx, by.id(), "report.reopen", found.targetId(), "", "");
        });
  }

  /** Whether somebody works at the queue, for the place or for a group. */
  boolean moderates(long viewer) {
    return Roles.may(db, viewer, Permission.MODERATE) || ReportStore.moderatesSome(db, viewer);
  }
}
