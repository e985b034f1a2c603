package org.placette;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Profile;
import org.placette.actor.Urls;
import org.placette.db.Tx;
import org.placette.group.Groups;
import org.placette.group.Theme;
import org.placette.instance.Instance;
import org.placette.text.Html;
import org.placette.user.Account;
import org.placette.user.Setup;
import org.placette.web.Language;
import org.placette.web.Messages;
import org.placette.web.Place;

/** What the place is called and looks like, as its pages show it, and its new name. */
final class ThisPlace {

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

  private record Known(Place place, long since) {}

  private final Neighbourhood here;
  private volatile @Nullable Known known;

  ThisPlace(Neighbourhood here) {
    this.here = here;
  }

  /** The neighbourhood as its pages show it; at most some seconds old. */
  Place now() {
    var last = known;
    if (last != null && System.nanoTime() - last.since() < FRESH_NANOS) return last.place();
    var place = stored();
    known = new Known(place, System.nanoTime());
    return place;
  }

  private Place stored() {
    var words = here.instance;
    var settings = here.settings;
    var locale = Language.of(words.word("instance.locale", settings.locale()));
    return new Place(
        words.name(),
        words.motto(),
        Place.colour(words.word("instance.colour", ""), words.word("instance.hue", "")),
        here.actors.village().icon(),
        here.actors.village().image(),
        locale == null ? Language.FR : locale,
        Place.zone(words.word("instance.zone", "")),
        settings.origin(),
        here.actors.urls().handle(Urls.VILLAGE));
  }

  private void call(Tx tx, Actor actor, String name) {
    here.actors.updateProfile(tx, actor, Profile.of(actor).called(name));
  }

  /** What the first owner said shows at once; the themes are theirs to change. */
  void opened(Account owner, Setup.Place place) {
    here.instance.put(Instance.NAME, place.name());
    here.instance.put(Instance.MOTTO, place.motto());
    here.instance.put("instance.locale", place.locale());
    here.instance.put("instance.rules", place.rules());
    renamed();
    var language = Language.of(place.locale());
    var words = Messages.of(language == null ? Language.FR : language);
    var founder = here.actors.acting(owner.actorId());
    for (var theme : place.themes()) {
      var wanted =
          new Groups.Wanted(
              words.text("preset.theme." + theme),
              "<p>" + Html.escape(words.text("preset.theme." + theme + ".text")) + "</p>",
              "theme",
              Theme.Access.PUBLIC,
              "",
              List.of());
      var unused = here.groups.found(founder, theme, wanted);
    }
  }

  /** The actors of the place bear its name. */
  void renamed() {
    known = null;
    var actors = here.actors;
    var name = here.instance.name();
    if (name.equals(actors.village().name())) return;
    here.db.transact(
        tx -> {
          call(tx, actors.village(), name);
          call(tx, actors.agenda(), "Agenda – " + name);
          call(tx, actors.relay(), name);
        });
  }
}
