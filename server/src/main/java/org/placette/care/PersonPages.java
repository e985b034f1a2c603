package org.placette.care;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.care.QueuePages.Decision;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** What was decided about one person, and taking a measure without a report. */
public final class PersonPages implements Routes {

  private final Actors actors;
  private final Measures measures;
  private final Newcomers newcomers;
  private final Supplier<List<String>> charter;
  private final Pages pages;

  public PersonPages(
      Actors actors,
      Measures measures,
      Newcomers newcomers,
      Supplier<List<String>> charter,
      Pages pages) {
    this.actors = actors;
    this.measures = measures;
    this.newcomers = newcomers;
    this.charter = charter;
    this.pages = pages;
  }

  /**
   * The page.
   *
   * @param who null until somebody was found
   * @param fresh whether they write within the limits of newcomers
   */
  public record Person(
      @Nullable Byline who,
      long id,
      boolean fresh,
      List<Measure> measures,
      @Nullable Decision decision,
      Form form) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/admin/people", this::show);
    router.post("/admin/people/trust").handler(this::trust);
  }

  private void show(RoutingContext ctx) {
    Visitor.of(ctx).require(Permission.MODERATE);
    var form = Form.empty().with("who", ctx.request().getParam("who"));
    var handle = form.value("who").strip();
    var who = handle.isEmpty() ? null : found(actors, handle);
    if (!handle.isEmpty() && who == null) form.wrong("who", "error.person");
    pages.show(
        ctx,
        "care/person.jte",
        who == null ? new Person(null, 0, false, List.of(), null, form) : person(ctx, who, form));
  }

  private Person person(RoutingContext ctx, Actor who, Form form) {
    var decision =
        new Decision(
            who.id(),
            null,
            List.of(),
            charter.get(),
            List.of(),
            QueuePages.actions(ctx, false),
            Form.empty());
    return new Person(
        Byline.of(who), who.id(), newcomers.isOne(who.id()), measures.of(who.id()), decision, form);
  }

  /** The actor of a handle, as far as it is known here; null when it is not. */
  static @Nullable Actor found(Actors actors, String handle) {
    var name = handle.startsWith("@") ? handle.substring(1) : handle;
    var at = name.indexOf('@');
    if (at < 0 || name.substring(at + 1).equalsIgnoreCase(actors.urls().host()))
      return actors.localByName(at < 0 ? name : name.substring(0, at));
    return actors.storedByHandle(name.substring(0, at), name.substring(at + 1));
  }

  private void trust(RoutingContext ctx) {
    var me = Visitor.of(ctx).require(Permission.ADMIT);
    var id = Form.of(ctx).value("person");
    var who = id.matches("[0-9]{1,18}") ? actors.byId(Long.parseLong(id)) : null;
    if (who == null) throw new Problem.NotFound();
    newcomers.trust(me, who.id());
    Answers.redirect(ctx, "/admin/people?who=" + Objects.requireNonNull(Byline.of(who).handle()));
  }
}
