package org.placette.user;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.ActorField;
import org.placette.actor.Actors;
import org.placette.actor.Profile;
import org.placette.db.Db;
import org.placette.follow.Profiles;
import org.placette.mastodon.Access;
import org.placette.mastodon.Account;
import org.placette.mastodon.Accounts;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Params;
import org.placette.media.Media;
import org.placette.web.Uploads;
import org.placette.text.Html;
import org.placette.text.Markdown;
import org.placette.web.Problem;

/** One's own account (methods/accounts, methods/preferences). */
public final class ProfileApi implements Api.Calls {

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_NOTE = 5_000;
  private static final int LONGEST_FIELD = 500;
  private static final int MOST_FIELDS = 6;
  private static final Set<String> VISIBILITIES = Set.of("public", "unlisted", "private", "direct");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})?");

  private final Db db;
  private final Actors actors;
  private final Accounts accounts;
  private final Users users;
  private final Profiles profiles;
  private final Media media;

  public ProfileApi(
      Db db, Actors actors, Accounts accounts, Users users, Profiles profiles, Media media) {
    this.db = db;
    this.actors = actors;
    this.accounts = accounts;
    this.users = users;
    this.profiles = profiles;
    this.media = media;
  }

  /** One's own account with what only oneself may see (entities/Account, CredentialAccount). */
  record CredentialAccount(@JsonUnwrapped Account account, Source source, Account.Role role) {}

  /** What one typed (entities/Account, CredentialAccount, source). */
  record Source(
      String privacy,
      boolean sensitive,
      @Nullable String language,
      String note,
      List<Account.Field> fields,
      boolean discoverable,
      boolean indexable,
      boolean hideCollections,
      int followRequestsCount,
      List<String> attributionDomains) {}

  @Override
  public void into(Api api) {
    api.get(
        "/api/v1/accounts/verify_credentials",
        Access.person("read:accounts"),
        call -> credentials(call.viewer()));
    api.patch(
        "/api/v1/accounts/update_credentials", Access.person("write:accounts"), this::update);
    api.get("/api/v1/preferences", Access.person("read:accounts"), this::preferences);
  }

  /** Somebody's own account, with what only they may see (entities/Account, CredentialAccount). */
  public Object entity(long actor) {
    return credentials(actor);
  }

  private CredentialAccount credentials(long actor) {
    var account = accounts.one(actor);
    var known = users.byId(actor);
    var role = known == null ? "resident" : known.role();
    var chosen = PreferenceStore.of(db, actor);
    var fields =
        account.fields().stream()
            .map(one -> new Account.Field(one.name(), Html.text(one.value()), null))
            .toList();
    var source =
        new Source(
            chosen.visibility(),
            chosen.sensitive(),
            chosen.language(),
            typed(chosen.note(), account.note()),
            fields,
            account.discoverable(),
            account.indexable(),
            false,
            chosen.requests(),
            List.of());
    return new CredentialAccount(account, source, new Account.Role(role, role, "0", "", false));
  }

  /** What was typed, unless the text has been changed elsewhere since. */
  private static String typed(@Nullable String note, String html) {
    return note != null && Html.compose(note).equals(html) ? note : Markdown.of(html);
  }

  private CredentialAccount update(Call call) {
    var me = Objects.requireNonNull(actors.byId(call.person().actorId()));
    var params = call.params();
    var note = params.text("note");
    var wanted = wanted(call, me, params, note);
    var visibility = params.filled("source[privacy]");
    if (visibility != null && !VISIBILITIES.contains(visibility))
      throw wrong("source[privacy]", "is not a visibility");
    var language = params.filled("source[language]");
    if (language != null && !LANGUAGE.matcher(language).matches())
      throw wrong("source[language]", "is not a language");
    PreferenceStore.choose(
        db, me.id(), note, visibility, params.flag("source[sensitive]"), language);
    if (!wanted.equals(Profile.of(me))) {
      var unused = profiles.change(me, wanted);
      db.transact(
          tx -> {
            if (!Objects.equals(me.icon(), wanted.icon())) media.free(tx, me.icon());
            if (!Objects.equals(me.image(), wanted.image())) media.free(tx, me.image());
          });
      accounts.changed();
    }
    return credentials(me.id());
  }

  private Profile wanted(Call call, Actor me, Params params, @Nullable String note) {
    var name = params.text("display_name");
    if (name != null && name.length() > LONGEST_NAME) throw wrong("display_name", "is too long");
    if (note != null && note.length() > LONGEST_NOTE) throw wrong("note", "is too long");
    var fields = params.has("fields_attributes") ? fields(params) : me.fields();
    var icon = picture(call, "avatar", me.icon());
    var image = picture(call, "header", me.image());
    return new Profile(
        name == null ? me.name() : name.strip(),
        note == null ? me.summary() : Html.compose(note),
        icon,
        image,
        fields,
        params.flag("locked", me.manuallyApprovesFollowers()),
        params.flag("discoverable", me.discoverable()),
        params.flag("indexable", me.indexable()));
  }

  /** Rows without a name or a value are left out. */
  private static List<ActorField> fields(Params params) {
    List<ActorField> fields = new ArrayList<>();
    for (var row : params.rows("fields_attributes")) {
      var name = row.filled("name");
      var value = row.filled("value");
      if (name == null || value == null) continue;
      if (name.length() > LONGEST_FIELD || value.length() > LONGEST_FIELD)
        throw wrong("fields", "is too long");
      if (fields.size() == MOST_FIELDS) throw wrong("fields", "has too many rows");
      var html = Html.compose(value);
      var alone = html.startsWith("<p>") && html.indexOf("</p>") == html.length() - 4;
      fields.add(new ActorField(name, alone ? html.substring(3, html.length() - 4) : html));
    }
    return fields;
  }

  /** A picture that came along, stored for good; without one, what was there. */
  private @Nullable String picture(Call call, String name, @Nullable String before) {
    var file = Uploads.file(call.http(), name);
    if (file == null) return before;
    var stored = media.store(call.person().actorId(), file, null, null);
    if (stored.small() == null) {
      media.delete(call.person().actorId(), stored.id());
      throw wrong(name, "is not a picture");
    }
    db.transact(tx -> media.keep(tx, stored, true));
    return media.original(stored);
  }

  private static Problem wrong(String field, String why) {
    return new Problem.Invalid(
        "Validation failed: " + field + " " + why, Map.of(field, "ERR_INVALID"));
  }

  private Map<String, Object> preferences(Call call) {
    var chosen = PreferenceStore.of(db, call.viewer());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("posting:default:visibility", chosen.visibility());
    all.put("posting:default:sensitive", chosen.sensitive());
    all.put("posting:default:language", chosen.language());
    all.put("reading:expand:media", "default");
    all.put("reading:expand:spoilers", false);
    all.put("reading:autoplay:gifs", false);
    return all;
  }
}
