package org.placette.instance;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Profile;
import org.placette.follow.Portraits;
import org.placette.follow.Profiles;
import org.placette.web.Answers;
import org.placette.web.Colour;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Routes;
import org.placette.web.View;
import org.placette.web.Visitor;

/**
 * The one form for what the place looks like and says of itself: name, motto, logo, colour, charter
 * and texts.
 */
public final class AppearancePages implements Routes {

  /** Where a map's background comes from: an https address with three numbers. */
  private static final String TILES = "https://[a-z0-9.:-]+/\\S*\\{z}\\S*\\{x}\\S*\\{y}\\S*";

  private static final int LONGEST = 10_000;

  /** The texts of several lines, by field, with the setting that holds each. */
  private static final Map<String, String> TEXTS =
      Map.of(
          "about", "instance.about",
          "rules", "instance.rules",
          "privacy", "instance.privacy",
          "accessibility", "instance.accessibility");

  /** Whether search engines may show the place: yes unless somebody says no. */
  private static final String SEARCH = "instance.search";

  /** Whether robots that gather texts are welcome: no unless somebody says yes. */
  private static final String TRAINING = "instance.training";

  private final Instance instance;
  private final Actors actors;
  private final Profiles profiles;
  private final Portraits portraits;
  private final Pages pages;
  private final Runnable renamed;

  /**
   * @param renamed runs after the name, the logo or the colour was changed
   */
  public AppearancePages(
      Instance instance,
      Actors actors,
      Profiles profiles,
      Portraits portraits,
      Pages pages,
      Runnable renamed) {
    this.instance = instance;
    this.actors = actors;
    this.profiles = profiles;
    this.portraits = portraits;
    this.pages = pages;
    this.renamed = renamed;
  }

  /**
   * The form.
   *
   * @param logo where the sign is shown from; null for the usual one
   * @param banner the same of the picture that link previews show
   * @param toned what is shown instead of the chosen colour, so that words can be read; null when
   *     it is shown as chosen
   */
  public record Page(
      Form form, @Nullable String logo, @Nullable String banner, @Nullable String toned) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/admin/instance", this::ask);
    router.post("/admin/instance").handler(this::change);
  }

  private View admin(RoutingContext ctx) {
    var unused = Visitor.of(ctx).require(Permission.SETTINGS);
    return pages.view(ctx);
  }

  private void ask(RoutingContext ctx) {
    var view = admin(ctx);
    var colour = view.place().colour();
    var form =
        Form.empty()
            .with("name", view.place().name())
            .with("motto", view.place().motto())
            .with("email", instance.word("instance.email", ""))
            .with("colour", (colour == null ? Colour.USUAL : colour).hex());
    TEXTS.forEach((field, key) -> form.with(field, instance.word(key, "")));
    form.with("tiles", instance.word("instance.tiles", ""))
        .with("tilesSource", instance.word("instance.tilesSource", ""));
    form.with("search", instance.word(SEARCH, "on"))
        .with("training", instance.word(TRAINING, "off"));
    show(ctx, view, form);
  }

  private void show(RoutingContext ctx, View view, Form form) {
    if (!form.ok()) ctx.response().setStatusCode(422);
    var village = actors.village();
    var chosen = Colour.of(form.value("colour"));
    var toned = chosen == null ? null : chosen.onLight();
    var page =
        new Page(
            form,
            view.picture(village.icon()),
            view.picture(village.image()),
            toned == null || toned.equals(chosen) ? null : toned.hex());
    pages.show(ctx, view, "instance/settings.jte", page);
  }

  private void change(RoutingContext ctx) {
    var view = admin(ctx);
    var form = Form.of(ctx);
    var name = form.required("name", 100);
    var motto = form.upTo("motto", 200);
    TEXTS.keySet().forEach(field -> form.upTo(field, LONGEST));
    var email = form.upTo("email", 200);
    if (email != null && !email.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+"))
      form.wrong("email", "error.email");
    var colour = Colour.of(form.value("colour"));
    if (colour == null) form.wrong("colour", "error.colour");
    var tiles = form.upTo("tiles", 300);
    var source = form.upTo("tilesSource", 200);
    if (tiles != null && !tiles.matches(TILES)) form.wrong("tiles", "error.tiles");
    var village = actors.village();
    var chosen = portraits.read(ctx, form, village);
    if (!form.ok()) {
      show(ctx, view, form);
      return;
    }
    instance.put(Instance.NAME, name);
    instance.put(Instance.MOTTO, motto == null ? "" : motto);
    TEXTS.forEach((field, key) -> instance.put(key, form.value(field)));
    instance.put(SEARCH, form.value("search").equals("on") ? "on" : "off");
    instance.put(TRAINING, form.value("training").equals("on") ? "on" : "off");
    instance.put("instance.email", email == null ? "" : email);
    instance.put("instance.tiles", tiles == null ? "" : tiles);
    instance.put("instance.tilesSource", source == null ? "" : source);
    instance.put("instance.colour", colour == null ? "" : colour.hex());
    dress(village, chosen);
    renamed.run();
    Answers.redirect(ctx, "/admin/instance?saved=1");
  }

  /** The logo is the face of the place's Group: apps show it too. */
  private void dress(Actor village, Portraits.Chosen chosen) {
    var now = Profile.of(village);
    if (same(chosen.icon(), now.icon()) && same(chosen.image(), now.image())) return;
    var unused =
        profiles.change(
            village,
            now.showing(chosen.icon(), chosen.image()),
            tx -> portraits.settle(tx, chosen, village));
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return one == null ? other == null : one.equals(other);
  }
}
