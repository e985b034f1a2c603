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
import org.placette.moderation.DomainLimit;
import org.placette.moderation.DomainPolicy;
import org.placette.text.Html;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Routes;

/** What the place says of itself: who runs it, the charter, what is kept; and the form for it. */
public final class InstancePages implements Routes {

  private final Instance instance;
  private final Actors actors;
  private final Numbers numbers;
  private final List<Retention.Table> tables;
  private final DomainPolicy domains;
  private final Pages pages;

  /**
   * @param tables what is kept and for how long
   */
  public InstancePages(
      Instance instance,
      Actors actors,
      Numbers numbers,
      DomainPolicy domains,
      List<Retention.Table> tables,
      Pages pages) {
    this.instance = instance;
    this.actors = actors;
    this.numbers = numbers;
    this.domains = domains;
    this.tables = List.copyOf(tables);
    this.pages = pages;
  }

  /**
   * The page about the place.
   *
   * @param staff who looks after it
   * @param about safe HTML; empty when nobody wrote any
   * @param rules of the charter, plain
   * @param email whom to write to; empty when nobody said
   * @param limited servers that this one keeps at a distance, as far as that is told
   * @param week how lively last week was; null when that is not to be told
   */
  public record About(
      List<Byline> staff,
      String host,
      String about,
      List<String> rules,
      String email,
      boolean mayChange,
      Numbers.@Nullable Week week,
      List<DomainLimit> limited) {}

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
    Pages.get(
        router, "/accessibility", ctx -> pages.show(ctx, "instance/accessibility.jte", access()));
  }

  private void about(RoutingContext ctx) {
    var view = pages.view(ctx);
    var page =
        new About(
            InstanceStore.staff(instance.db()),
            actors.urls().host(),
            composed("instance.about"),
            instance.rules(),
            instance.word("instance.email", ""),
            view.may(Permission.SETTINGS),
            numbers.last(view.place().zone()),
            domains.shown());
    pages.show(ctx, view, "instance/about.jte", page);
  }

  /** Whom to tell what cannot be used, and what the place itself says of it. */
  public record Access(String email, String words) {}

  private Access access() {
    return new Access(instance.word("instance.email", ""), composed("instance.accessibility"));
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
}
