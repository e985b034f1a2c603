package org.placette.follow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.ActorField;
import org.placette.actor.Actors;
import org.placette.actor.Profile;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.WebUrl;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Params;
import org.placette.text.Html;
import org.placette.web.Form;
import org.placette.web.Problem;

/** Changing one's own account (methods/accounts, update_credentials; methods/profile). */
public final class CredentialsApi implements Api.Calls {

  private static final Map<String, String> NAMES =
      Map.of("displayName", "display_name", "summary", "note");

  private static final int MOST_SITES = 10;

  private final Actors actors;
  private final Profiles profiles;
  private final Portraits portraits;
  private final ObjLongConsumer<Params> preferences;
  private final LongFunction<Object> account;

  /**
   * @param preferences stores what is not told to anybody, by the actor's id; refuses what is wrong
   * @param account one's own account as an entity, by the actor's id
   */
  public CredentialsApi(
      Actors actors,
      Profiles profiles,
      Portraits portraits,
      ObjLongConsumer<Params> preferences,
      LongFunction<Object> account) {
    this.actors = actors;
    this.profiles = profiles;
    this.portraits = portraits;
    this.preferences = preferences;
    this.account = account;
  }

  @Override
  public void into(Api api) {
    var write = Access.person("write:accounts");
    api.patch("/api/v1/accounts/update_credentials", write, this::change);
    api.delete("/api/v1/profile/avatar", write, call -> without(call, "noAvatar"));
    api.delete("/api/v1/profile/header", write, call -> without(call, "noHeader"));
  }

  private Object change(Call call) {
    var params = call.params();
    var sites = params.has("attribution_domains") ? sites(params) : null;
    preferences.accept(params, call.person().actorId());
    var form = Form.empty().with("displayName", params.text("display_name"));
    var name = form.upTo("displayName", Profile.LONGEST_NAME);
    form.with("summary", params.text("note"));
    var summary = form.upTo("summary", Profile.LONGEST_SUMMARY);
    return save(
        call,
        form,
        sites,
        now ->
            new Profile(
                params.has("display_name") ? name : now.name(),
                !params.has("note")
                    ? now.summary()
                    : summary == null ? null : Html.compose(summary, actors.urls().at("/tags/")),
                now.icon(),
                now.image(),
                params.has("fields_attributes") ? fields(params) : now.fields(),
                params.flag("locked", now.manuallyApprovesFollowers()),
                params.flag("discoverable", now.discoverable()),
                params.flag("indexable", now.indexable()),
                params.flag("bot", now.automated()),
                params.flag("hide_collections", now.hidesPeople())));
  }

  private Object without(Call call, String picture) {
    return save(call, Form.empty().with(picture, "yes"), null, Profile::of);
  }

  /** What a profile becomes. */
  private interface Change {
    Profile of(Actor now);
  }

  /** As typed, with or without scheme and path; what is no name of a host is refused. */
  private static List<String> sites(Params params) {
    List<String> sites = new ArrayList<>();
    for (var typed : params.list("attribution_domains")) {
      var name = site(typed.strip().replaceFirst("^https?://", "").replaceFirst("/.*$", ""));
      if (name == null || sites.size() == MOST_SITES)
        throw new Problem.Invalid(
            "Validation failed: Attribution domains is invalid",
            Map.of("attribution_domains", "ERR_INVALID"));
      if (!sites.contains(name)) sites.add(name);
    }
    return sites;
  }

  /** The canonical name of a host; null for what is none, or is an address or a port. */
  private static @Nullable String site(String typed) {
    try {
      var host = WebUrl.host(typed);
      return host.matches("[^:]+\\.[a-z][^:.]+") ? host : null;
    } catch (FetchProblem e) {
      return null;
    }
  }

  private Object save(Call call, Form form, @Nullable List<String> sites, Change change) {
    var viewer = call.person().actorId();
    @Nullable Actor now = actors.byId(viewer);
    if (now == null) throw new Problem.NotFound();
    var chosen = portraits.read(call.http(), form, now);
    if (!form.ok()) throw refused(form);
    var unused =
        profiles.change(
            now,
            change.of(now).showing(chosen.icon(), chosen.image()),
            tx -> {
              portraits.settle(tx, chosen, now);
              if (sites != null) actors.attribute(tx, now, sites);
            });
    return account.apply(viewer);
  }

  /** What is wrong, under the names that apps give these fields. */
  private static Problem refused(Form form) {
    Map<String, String> fields = new LinkedHashMap<>();
    List<String> words = new ArrayList<>();
    form.errors()
        .forEach(
            (field, why) -> {
              var name = NAMES.getOrDefault(field, field);
              fields.put(name, why);
              words.add(
                  name.replace('_', ' ')
                      + switch (why) {
                        case "error.long" -> " is too long";
                        case "error.fileLarge" -> " is too large";
                        default -> " cannot be read or is of a kind that is not accepted";
                      });
            });
    return new Problem.Invalid("Validation failed: " + String.join(", ", words), fields);
  }

  private static List<ActorField> fields(Params params) {
    return params.rows("fields_attributes").stream()
        .limit(ProfilePages.FIELDS)
        .map(
            row ->
                new ActorField(
                    cut(row.filled("name")), ProfilePages.linked(cut(row.filled("value")))))
        .filter(field -> !field.name().isEmpty() && !field.value().isEmpty())
        .toList();
  }

  private static String cut(@Nullable String text) {
    if (text == null) return "";
    return text.substring(0, Math.min(text.length(), Profile.LONGEST_FIELD));
  }
}
