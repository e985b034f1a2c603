package org.placette.instance;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Profile;
import org.placette.config.Settings;
import org.placette.config.Settings.Registration;
import org.placette.db.Db;
import org.placette.mastodon.Access;
import org.placette.mastodon.Account;
import org.placette.mastodon.Accounts;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.media.FileKind;
import org.placette.moderation.DomainPolicy;
import org.placette.text.Html;
import org.placette.web.Language;
import org.placette.web.Messages;
import org.placette.web.Problem;
import org.placette.web.Secrets;

/** What the neighbourhood says of itself to apps (methods/instance; entities Instance, V1). */
public final class InstanceApi implements Api.Calls {

  /** Which of Mastodon's versions is served whole: never claim more. */
  private static final String SERVED = "4.3.0";

  private static final int CHARACTERS = 5_000;
  private static final int MEDIA = 8;

  private final Db db;
  private final Instance instance;
  private final DomainPolicy domains;
  private final Accounts accounts;
  private final Settings settings;
  private final String version;
  private final Supplier<String> vapidKey;

  /**
   * @param vapidKey the public key of Web Push (RFC 8292), base64url
   */
  public InstanceApi(
      Db db,
      Instance instance,
      DomainPolicy domains,
      Accounts accounts,
      Settings settings,
      String version,
      Supplier<String> vapidKey) {
    this.db = db;
    this.instance = instance;
    this.domains = domains;
    this.accounts = accounts;
    this.settings = settings;
    this.version = SERVED + " (compatible; Placette " + version + ")";
    this.vapidKey = vapidKey;
  }

  @Override
  public void into(Api api) {
    api.get("/api/v1/instance", Access.OPEN, call -> first());
    api.get("/api/v2/instance", Access.OPEN, call -> second());
    api.get("/api/v1/instance/rules", Access.OPEN, call -> rules());
    api.get("/api/v1/instance/peers", Access.OPEN, call -> InstanceStore.peers(db));
    api.get("/api/v1/instance/activity", Access.OPEN, call -> List.of());
    api.get("/api/v1/instance/domain_blocks", Access.OPEN, call -> limited());
    api.get("/api/v1/instance/translation_languages", Access.OPEN, call -> Map.of());
    api.get(
        "/api/v1/instance/extended_description",
        Access.OPEN,
        call -> text("instance.about", "/about"));
    api.get(
        "/api/v1/instance/privacy_policy",
        Access.OPEN,
        call -> text("instance.privacy", "/privacy"));
    api.get("/api/v1/instance/terms_of_service", Access.OPEN, this::terms);
  }

  /** A server that is kept at a distance (entities/DomainBlock). */
  record Limited(String domain, String digest, String severity, String comment) {}

  private List<Limited> limited() {
    if (!domains.isShown()) throw new Problem.NotFound();
    return domains.shown().stream()
        .map(
            one ->
                new Limited(
                    one.shown(),
                    HexFormat.of().formatHex(Secrets.hash(one.domain())),
                    one.severity().word(),
                    one.publicComment()))
        .toList();
  }

  private Object terms(Call call) {
    if (instance.word("instance.terms", "").isEmpty()) throw new Problem.NotFound();
    return text("instance.terms", "/about");
  }

  /** A text of the place; where nothing was written, the address of the page that says it. */
  private Map<String, Object> text(String key, String page) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("updated_at", null);
    var words = instance.word(key, "");
    text.put("content", Html.compose(words.isEmpty() ? settings.origin() + page : words));
    return text;
  }

  /** A rule of the charter (entities/Rule). */
  record Rule(String id, String text, String hint, Map<String, Object> translations) {}

  private List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (var rule : instance.rules())
      rules.add(new Rule(String.valueOf(rules.size() + 1), rule, "", Map.of()));
    return rules;
  }

  private @Nullable Account contact() {
    var owner = InstanceStore.owner(db);
    return owner == null ? null : accounts.one(owner);
  }

  private String streaming() {
    return settings.origin().replaceFirst("^http", "ws");
  }

  private List<String> languages() {
    var first = instance.word("instance.locale", settings.locale());
    return first.equals("fr") ? List.of("fr", "en") : List.of("en", "fr");
  }

  private Map<String, Object> first() {
    var counts = instance.counts();
    var open = settings.registration();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("uri", settings.domain());
    all.put("title", instance.name());
    all.put("short_description", instance.motto());
    all.put("description", Html.escape(instance.motto()));
    all.put("email", instance.word("instance.email", ""));
    all.put("version", version);
    all.put("urls", Map.of("streaming_api", streaming()));
    all.put(
        "stats",
        Map.of(
            "user_count", counts.users(),
            "status_count", counts.posts() + counts.comments(),
            "domain_count", InstanceStore.countPeers(db)));
    all.put("thumbnail", settings.origin() + "/static/banner.png");
    all.put("languages", languages());
    all.put("registrations", invites(open));
    all.put("approval_required", open == Registration.APPROVAL);
    all.put("invites_enabled", open == Registration.INVITE);
    all.put("configuration", configuration());
    all.put("contact_account", contact());
    all.put("rules", rules());
    all.put("pleroma", rebased());
    return all;
  }

  /** By this Soapbox and pl-fe know that there are events; Tusky wants the limits beside it. */
  private static Map<String, Object> rebased() {
    var limits =
        Map.of("max_fields", 6, "max_remote_fields", 6, "name_length", 255, "value_length", 255);
    return Map.of(
        "metadata", Map.of("features", List.of("events", "polls"), "fields_limits", limits));
  }

  /** Whether strangers may sign up or ask to, and somebody is there who looks after them. */
  private boolean invites(Registration chosen) {
    var strangers = chosen == Registration.OPEN || chosen == Registration.APPROVAL;
    return strangers && instance.attended();
  }

  private String unattended() {
    var language = Language.of(languages().getFirst());
    return Messages.of(language == null ? Language.FR : language).text("signUp.unattended");
  }

  private Map<String, Object> second() {
    var counts = instance.counts();
    var open = settings.registration();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("domain", settings.domain());
    all.put("title", instance.name());
    all.put("version", version);
    all.put("source_url", instance.word("instance.source", ""));
    all.put("description", instance.motto());
    all.put("usage", Map.of("users", Map.of("active_month", counts.activeMonth())));
    Map<String, Object> thumbnail = new LinkedHashMap<>();
    thumbnail.put("url", settings.origin() + "/static/banner.png");
    thumbnail.put("blurhash", null);
    thumbnail.put("versions", Map.of());
    all.put("thumbnail", thumbnail);
    all.put("icon", List.of());
    all.put("languages", languages());
    var configuration = configuration();
    configuration.put("urls", urls());
    configuration.put("vapid", Map.of("public_key", vapidKey.get()));
    configuration.put("translation", Map.of("enabled", false));
    all.put("configuration", configuration);
    Map<String, Object> registrations = new LinkedHashMap<>();
    registrations.put("enabled", invites(open));
    registrations.put("approval_required", open == Registration.APPROVAL);
    registrations.put("message", instance.attended() ? null : unattended());
    registrations.put("min_age", null);
    registrations.put("reason_required", open == Registration.APPROVAL);
    registrations.put("url", null);
    all.put("registrations", registrations);
    // Whole numbers only: one client reads them as such.
    all.put("api_versions", Map.of("mastodon", 3, "events.pleroma.pl-api", 1));
    Map<String, Object> contact = new LinkedHashMap<>();
    contact.put("email", instance.word("instance.email", ""));
    contact.put("account", contact());
    all.put("contact", contact);
    all.put("rules", rules());
    all.put("pleroma", rebased());
    return all;
  }

  private Map<String, Object> urls() {
    Map<String, Object> urls = new LinkedHashMap<>();
    urls.put("streaming", streaming());
    urls.put("status", null);
    urls.put("about", settings.origin() + "/about");
    urls.put("privacy_policy", settings.origin() + "/privacy");
    urls.put("terms_of_service", null);
    return urls;
  }

  private static Map<String, Object> profiles() {
    return Map.of(
        "max_featured_tags",
        10,
        "max_pinned_statuses",
        5,
        "max_profile_fields",
        4,
        "max_display_name_length",
        Profile.LONGEST_NAME,
        "max_note_length",
        Profile.LONGEST_SUMMARY,
        "profile_field_name_limit",
        Profile.LONGEST_FIELD,
        "profile_field_value_limit",
        Profile.LONGEST_FIELD);
  }

  private static Map<String, Object> configuration() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("accounts", profiles());
    all.put(
        "statuses",
        Map.of(
            "max_characters",
            CHARACTERS,
            "max_media_attachments",
            MEDIA,
            "characters_reserved_per_url",
            23,
            "supported_mime_types",
            List.of("text/plain", "text/markdown")));
    all.put(
        "media_attachments",
        Map.of(
            "supported_mime_types",
            FileKind.taken(),
            "description_limit",
            1_500,
            "image_size_limit",
            16 * 1024 * 1024,
            "image_matrix_limit",
            40_000_000,
            "video_size_limit",
            40 * 1024 * 1024,
            "video_frame_rate_limit",
            120,
            "video_matrix_limit",
            8_294_400));
    all.put(
        "polls",
        Map.of(
            "max_options", 8,
            "max_characters_per_option", 100,
            "min_expiration", 300,
            "max_expiration", 2_629_746));
    return all;
  }
}
