package org.placette.care;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.audit.Audit;
import org.placette.care.Measure.Action;
import org.placette.care.Measure.State;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Tx;
import org.placette.notification.NotificationStore;
import org.placette.notification.NotificationStore.Type;
import org.placette.role.Role;
import org.placette.role.Roles;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Secrets;

/**
 * Measures: decided by those who moderate, agreed to by a second person where the place wants it,
 * told to the person with their reason, answered once, undone. Each step is written to the log.
 */
public final class Measures {

  private static final int LONGEST = 2_000;

  private final Db db;
  private final Actors actors;
  private final Consequences consequences;

  public Measures(Db db, Actors actors, Consequences consequences) {
    this.db = db;
    this.actors = actors;
    this.consequences = consequences;
  }

  /**
   * What somebody wants done.
   *
   * @param post null for a measure about the whole account
   * @param excerpt the beginning of that post; empty for none
   * @param report null for none
   * @param group the group within which it was reported; 0 for none
   */
  public record Order(
      Actor target,
      @Nullable Long post,
      String excerpt,
      @Nullable Long report,
      long group,
      Action action,
      String reason,
      List<String> rules) {}

  /**
   * Decides a measure; gives its number. It holds at once, unless a second person must agree.
   *
   * @throws Problem.Forbidden when the one may not do this to the other
   */
  public long take(Actor by, Order order) {
    if (order.reason().isBlank() || order.reason().length() > LONGEST)
      throw new Problem.BadRequest("A measure needs a reason of at most 2000 characters");
    if (order.action().ofPost() && order.post() == null)
      throw new Problem.BadRequest("This is done to a post");
    return db.inTransaction(
        tx -> {
          check(tx, by, order);
          var id = Ids.next();
          var waits = order.action().heavy() && CareRules.of(tx).twoPersons();
          MeasureStore.insert(tx, id, by.id(), order, waits ? State.PROPOSED : State.APPLIED);
          log(tx, by, waits ? "propose" : order.action().word(), order.target(), order.reason());
          if (waits) NotificationStore.tellModerators(tx, Type.Report, by.id(), order.report());
          else apply(tx, found(tx, id), by);
          return id;
        });
  }

  private void check(Tx tx, Actor by, Order order) {
    var group = order.action().inGroups() ? order.group() : 0;
    if (!Roles.may(tx, by.id(), Permission.MODERATE, group))
      throw new Problem.Forbidden(Roles.refusal(Permission.MODERATE));
    var target = order.target();
    if (target.id() == by.id()) throw new Problem.Forbidden("Not to oneself");
    if (target.local() && consequences.ofThePlace(target))
      throw new Problem.Forbidden("This actor is the place itself");
    if (order.action().inGroups() || !Roles.may(tx, target.id(), Permission.ROLES)) return;
    var mine = Roles.of(tx, by.id());
    if (!mine.contains(Role.OWNER) || Roles.of(tx, target.id()).contains(Role.OWNER))
      throw new Problem.Forbidden("Take their role away first");
  }

  private static Measure found(Tx tx, long id) {
    var measure = MeasureStore.lock(tx, id);
    if (measure == null) throw new Problem.NotFound();
    return measure;
  }

  private void apply(Tx tx, Measure measure, @Nullable Actor by) {
    consequences.begin(tx, measure);
    consequences.tell(tx, measure);
    if (by == null || measure.reportId() == null) return;
    // Who is limited as a whole need not be looked at once more for each report.
    var all = !measure.action().inGroups();
    ReportStore.close(tx, measure.reportId(), by.id(), measure.action().word(), all);
  }

  /** The server hides a post by itself until somebody decides. */
  void hide(Tx tx, Order order) {
    var id = Ids.next();
    MeasureStore.insert(tx, id, null, order, State.APPLIED);
    Audit.write(tx, null, "measure.hide", order.target().id(), order.excerpt(), order.reason());
    apply(tx, found(tx, id), null);
  }

  /** Undoes what the server hid by itself of these posts: somebody looked, and nothing is wrong. */
  void clear(Tx tx, List<String> posts) {
    for (var measure : MeasureStore.automatic(tx, posts)) end(tx, measure, null);
  }

  /**
   * A second person agrees, or not.
   *
   * @throws Problem.Forbidden for the one who proposed it
   */
  public void second(Actor by, long id, boolean agreed) {
    db.transact(
        tx -> {
          moderates(tx, by);
          var measure = found(tx, id);
          if (measure.state() != State.PROPOSED) throw new Problem.Conflict("It is decided");
          var target = actor(tx, measure.targetId());
          if (Objects.equals(measure.byId(), by.id()) && agreed)
            throw new Problem.Forbidden("A second person must agree");
          if (target.id() == by.id()) throw new Problem.Forbidden("Not about oneself");
          MeasureStore.state(tx, id, agreed ? State.APPLIED : State.REFUSED, by.id());
          var what = "measure." + (agreed ? "agree" : "disagree");
          var about = measure.action().word();
          Audit.write(tx, by.id(), what, target.id(), about, measure.reason());
          if (agreed) apply(tx, found(tx, id), by);
        });
  }

  /** Undoes a measure; the person is told. */
  public void lift(Actor by, long id, String reason) {
    db.transact(
        tx -> {
          moderates(tx, by);
          var measure = found(tx, id);
          if (!measure.liftable()) throw new Problem.Conflict("It does not hold");
          if (measure.targetId() == by.id()) throw new Problem.Forbidden("Not about oneself");
          log(tx, by, "lift", actor(tx, measure.targetId()), reason);
          end(tx, measure, by.id());
        });
  }

  private void end(Tx tx, Measure measure, @Nullable Long by) {
    MeasureStore.state(tx, measure.id(), State.LIFTED, by);
    consequences.end(tx, measure);
    consequences.tell(tx, measure);
  }

  /**
   * The person answers a measure, once.
   *
   * @throws Problem.Conflict when they did, or it holds no more
   */
  public void appeal(long person, long id, String text) {
    if (text.isBlank() || text.length() > LONGEST)
      throw new Problem.BadRequest("At most 2000 characters");
    db.transact(
        tx -> {
          var measure = found(tx, id);
          if (measure.targetId() != person) throw new Problem.NotFound();
          if (!measure.appealable()) throw new Problem.Conflict("It was answered already");
          MeasureStore.appeal(tx, id, text);
          Audit.write(tx, person, "appeal", person, measure.action().word(), "");
          NotificationStore.tellModerators(tx, Type.Report, person, measure.reportId());
        });
  }

  /**
   * Somebody else answers the appeal, where there is somebody else.
   *
   * @param granted whether the measure ends
   */
  public void decide(Actor by, long id, boolean granted, String answer) {
    if (answer.isBlank() || answer.length() > LONGEST)
      throw new Problem.BadRequest("An answer of at most 2000 characters is needed");
    db.transact(
        tx -> {
          moderates(tx, by);
          var measure = found(tx, id);
          if (measure.appeal() == null || !measure.appeal().open())
            throw new Problem.Conflict("It was answered already");
          if (!mayAnswer(tx, by, measure))
            throw new Problem.Forbidden("Somebody who did not decide it answers an appeal");
          MeasureStore.decide(tx, id, granted, answer, by.id());
          log(tx, by, granted ? "grant" : "uphold", actor(tx, measure.targetId()), answer);
          if (granted && measure.liftable()) end(tx, measure, by.id());
          else consequences.tell(tx, measure);
        });
  }

  private boolean mayAnswer(Tx tx, Actor by, Measure measure) {
    if (measure.targetId() == by.id()) return false;
    var one = Objects.requireNonNullElse(measure.byId(), 0L);
    var other = Objects.requireNonNullElse(measure.secondId(), 0L);
    return by.id() != one && by.id() != other || !MeasureStore.others(tx, one, other);
  }

  private static void moderates(Tx tx, Actor by) {
    if (!Roles.may(tx, by.id(), Permission.MODERATE))
      throw new Problem.Forbidden(Roles.refusal(Permission.MODERATE));
  }

  private Actor actor(Tx tx, long id) {
    return Objects.requireNonNull(actors.byId(tx, id));
  }

  private static void log(Tx tx, Actor by, String what, Actor target, String reason) {
    Audit.write(tx, by.id(), "measure." + what, target.id(), "", reason);
  }

  /**
   * A way in for somebody who cannot sign in any more: the page of what keeps them out, where they
   * may answer. Null when no measure does.
   */
  public @Nullable String door(long actor) {
    var measure = MeasureStore.keepingOut(db, actor);
    if (measure == null) return null;
    var secret = Secrets.random();
    MeasureStore.pass(db, measure, Secrets.hash(secret));
    return "/measures/pass/" + secret;
  }

  /** Why somebody may not come in; "" when no measure says it. */
  public String reason(long actor) {
    var id = MeasureStore.keepingOut(db, actor);
    var measure = id == null ? null : MeasureStore.byId(db, id);
    return measure == null ? "" : measure.reason();
  }

  /** The measure that a pass is for; null when it is none. */
  @Nullable Measure passed(String secret) {
    return MeasureStore.byPass(db, Secrets.hash(secret));
  }

  /** What holds or held for somebody, the latest first. */
  List<Measure> of(long actor) {
    return MeasureStore.of(db, actor);
  }

  /** Those that wait for a second person, or whose appeal waits for somebody. */
  List<Measure> waiting(boolean appeals) {
    return MeasureStore.waiting(db, appeals);
  }

  /** Deletes accounts for good whose month is over; gives how many. */
  public int deleteDue() {
    return db.inTransaction(
        tx -> {
          var measure = MeasureStore.dueDeletion(tx);
          if (measure == null) return 0;
          MeasureStore.state(tx, measure.id(), State.DONE, null);
          Audit.write(tx, null, "measure.deleted", measure.targetId(), "", "");
          consequences.delete(tx, actor(tx, measure.targetId()));
          return 1;
        });
  }
}
