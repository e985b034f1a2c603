package org.placette.follow;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.ActorField;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.actor.Profile;
import org.placette.text.Html;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** What a resident says of themselves, and who may follow them. */
public final class ProfilePages implements Routes {

  /** How many fields the form has; Mastodon shows four. */
  static final int FIELDS = 4;

  /** Whom posts may be for, in the order of the form. */
  public static final List<String> AUDIENCES =
      List.of("public", "unlisted", "ring", "local", "followers", "direct");

  private final Actors actors;
  private final Profiles profiles;
  private final Portraits portraits;
  private final Pages pages;
  private final Usual usual;

  /** Whom somebody's posts are for when they do not say. */
  public interface Usual {

    /** The word that is chosen now. */
    String of(long actor);

    /** Chooses one of {@link ProfilePages#AUDIENCES}. */
    void choose(long actor, String word);
  }

  public ProfilePages(
      Actors actors, Profiles profiles, Portraits portraits, Pages pages, Usual usual) {
    this.usual = usual;
    this.actors = actors;
    this.profiles = profiles;
    this.portraits = portraits;
    this.pages = pages;
  }

  /**
   * What the page shows.
   *
   * @param avatar where the face is; null for none
   * @param header where the banner is; null for none
   */
  public record Page(Form form, @Nullable String avatar, @Nullable String header) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/settings/profile", this::ask);
    router.post("/settings/profile").handler(this::change);
  }

  private void ask(RoutingContext ctx) {
    var actor = person(ctx);
    var form =
        Form.empty()
            .with("displayName", actor.name())
            .with("summary", actor.summary() == null ? null : Html.text(actor.summary()))
            .with("approve", actor.manuallyApprovesFollowers() ? "on" : null)
            .with("discoverable", actor.discoverable() ? "on" : null)
            .with("indexable", actor.indexable() ? "on" : null)
            .with("automated", actor.automated() ? "on" : null)
            .with("hidesPeople", actor.hidesPeople() ? "on" : null)
            .with("audience", usual.of(actor.id()));
    var number = 1;
    for (var field : actor.fields()) {
      if (number > FIELDS) break;
      form.with("label" + number, field.name()).with("value" + number, Html.text(field.value()));
      number++;
    }
    show(ctx, form, actor);
  }

  private void show(RoutingContext ctx, Form form, Actor actor) {
    if (!form.ok()) ctx.response().setStatusCode(422);
    var view = pages.view(ctx);
    var page = new Page(form, view.picture(actor.icon()), view.picture(actor.image()));
    pages.show(ctx, view, "follow/profile.jte", page);
  }

  private void change(RoutingContext ctx) {
    var actor = person(ctx);
    var form = Form.of(ctx);
    var name = form.required("displayName", Profile.LONGEST_NAME);
    var summary = form.upTo("summary", Profile.LONGEST_SUMMARY);
    var fields = fields(form);
    var audience = form.value("audience");
    if (!audience.isEmpty() && !AUDIENCES.contains(audience))
      form.wrong("audience", "error.choice");
    var chosen = portraits.read(ctx, form, actor);
    if (!form.ok()) {
      show(ctx, form, actor);
      return;
    }
    var unused =
        profiles.change(
            actor,
            new Profile(
                name,
                summary == null ? null : Html.compose(summary, actors.urls().at("/tags/")),
                chosen.icon(),
                chosen.image(),
                fields,
                isOn(form, "approve"),
                isOn(form, "discoverable"),
                isOn(form, "indexable"),
                isOn(form, "automated"),
                isOn(form, "hidesPeople")),
            tx -> portraits.settle(tx, chosen, actor));
    if (!audience.isEmpty()) usual.choose(actor.id(), audience);
    Answers.redirect(ctx, Byline.of(actor).path());
  }

  private static boolean isOn(Form form, String field) {
    return form.value(field).equals("on");
  }

  private static List<ActorField> fields(Form form) {
    List<ActorField> fields = new ArrayList<>();
    for (var number = 1; number <= FIELDS; number++) {
      var label = form.upTo("label" + number, Profile.LONGEST_FIELD);
      var value = form.upTo("value" + number, Profile.LONGEST_FIELD);
      if (label != null && value != null) fields.add(new ActorField(label, linked(value)));
    }
    return List.copyOf(fields);
  }

  /** The address of a web page as a link that says that it is one's own, anything else as text. */
  static String linked(String value) {
    var text = Html.escape(value);
    if (!value.matches("https?://[^\\s]+")) return text;
    return "<a href=\"%s\" rel=\"me nofollow noopener noreferrer\">%s</a>".formatted(text, text);
  }

  private Actor person(RoutingContext ctx) {
    return actors.acting(Visitor.of(ctx).required());
  }
}
