package org.placette.instance;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.db.Retention;
import org.placette.text.Html;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Place;
import org.placette.web.Routes;
import org.placette.web.View;
import org.placette.web.Visitor;

/** What the place says of itself: who runs it, the charter, what is kept; and the form for it. */
public final class InstancePages implements Routes {

  private static final int LONGEST = 10_000;

  private final Instance instance;
  private final Actors actors;
  private final List<Retention.Table> tables;
  private final Pages pages;
  private final Runnable renamed;

  /**
   * @param tables what is kept and for how long
   * @param renamed runs after the name was changed
   */
  public InstancePages(
      Instance instance,
      Actors actors,
      List<Retention.Table> tables,
      Pages pages,
      Runnable renamed) {
    this.instance = instance;
    this.actors = actors;
    this.tables = List.copyOf(tables);
    this.pages = pages;
    this.renamed = renamed;
  }

  /**
   * The page about the place.
   *
   * @param about safe HTML; empty when nobody wrote any
   * @param rules of the charter, plain
   * @param email whom to write to; empty when nobody said
   */
  public record About(
      List<Byline> actors,
      String host,
      String about,
      List<String> rules,
      String email,
      boolean mayChange) {}

  /** What one table is for. */
  public record Kept(String purpose, @Nullable Long days) {}

  /**
   * The page about what is kept.
   *
   * @param words of the place itself, safe HTML
   */
  public record Privacy(String words, List<Kept> tables) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/about", this::about);
    Pages.get(router, "/privacy", this::privacy);
    Pages.get(router, "/admin/instance", this::ask);
    router.post("/admin/instance").handler(this::change);
  }

  private void about(RoutingContext ctx) {
    var view = pages.view(ctx);
    var here =
        actors.locals().stream().filter(a -> !a.isType("Application")).map(Byline::of).toList();
    var page =
        new About(
            here,
            actors.urls().host(),
            composed("instance.about"),
            instance.rules(),
            instance.word("instance.email", ""),
            view.may(Permission.SETTINGS));
    pages.show(ctx, view, "instance/about.jte", page);
  }

  private String composed(String key) {
    var text = instance.word(key, "");
    return text.isEmpty() ? "" : Html.compose(text);
  }

  private void privacy(RoutingContext ctx) {
    var view = pages.view(ctx);
    List<Kept> kept = new ArrayList<>();
    for (var table : tables) {
      Duration keep = table.keep();
      kept.add(new Kept(view.t(table.purposeKey()), keep == null ? null : keep.toDays()));
    }
    pages.show(ctx, view, "instance/privacy.jte", new Privacy(composed("instance.privacy"), kept));
  }

  private View admin(RoutingContext ctx) {
    Visitor.of(ctx).require(Permission.SETTINGS);
    return pages.view(ctx);
  }

  private void ask(RoutingContext ctx) {
    var view = admin(ctx);
    var form =
        Form.empty()
            .with("name", view.place().name())
            .with("motto", view.place().motto())
            .with("about", instance.word("instance.about", ""))
            .with("rules", instance.word("instance.rules", ""))
            .with("privacy", instance.word("instance.privacy", ""))
            .with("email", instance.word("instance.email", ""))
            .with("hue", view.place().hue());
    pages.show(ctx, view, "instance/settings.jte", form);
  }

  private void change(RoutingContext ctx) {
    var view = admin(ctx);
    var form = Form.of(ctx);
    var name = form.required("name", 100);
    var motto = form.upTo("motto", 200);
    var about = form.upTo("about", LONGEST);
    var rules = form.upTo("rules", LONGEST);
    var privacy = form.upTo("privacy", LONGEST);
    var email = form.upTo("email", 200);
    if (email != null && !email.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+"))
      form.wrong("email", "error.email");
    if (!form.ok()) {
      ctx.response().setStatusCode(422);
      pages.show(ctx, view, "instance/settings.jte", form);
      return;
    }
    instance.put(Instance.NAME, name);
    instance.put(Instance.MOTTO, motto == null ? "" : motto);
    instance.put("instance.about", about == null ? "" : about);
    instance.put("instance.rules", rules == null ? "" : rules);
    instance.put("instance.privacy", privacy == null ? "" : privacy);
    instance.put("instance.email", email == null ? "" : email);
    instance.put("instance.hue", String.valueOf(Place.hue(form.value("hue"))));
    renamed.run();
    Answers.redirect(ctx, "/about");
  }
}
