package org.placette.oauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.config.Settings;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.web.ClientAddress;
import org.placette.web.Problem;

/** Apps register, and learn whose token they hold (methods/apps, methods/oauth). */
public final class AppApi implements Api.Calls {

  private final Apps apps;
  private final Actors actors;
  private final Settings settings;
  private final Supplier<String> vapidKey;

  /**
   * @param vapidKey the public key of Web Push messages, in base64url
   */
  public AppApi(OauthParts parts, Actors actors, Settings settings, Supplier<String> vapidKey) {
    this.apps = parts.apps();
    this.actors = actors;
    this.settings = settings;
    this.vapidKey = vapidKey;
  }

  /** An app (entities/Application, CredentialApplication); the last three only for a new one. */
  record Application(
      String id,
      String name,
      @Nullable String website,
      List<String> scopes,
      String redirectUri,
      List<String> redirectUris,
      String vapidKey,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String clientId,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String clientSecret,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long clientSecretExpiresAt) {}

  /** Claims about a person (OpenID Connect Core, section 5.3). */
  record UserInfo(
      String iss,
      String sub,
      String name,
      String preferredUsername,
      String profile,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String picture) {}

  @Override
  public void into(Api api) {
    api.post("/api/v1/apps", Access.OPEN, this::register);
    api.get("/api/v1/apps/verify_credentials", Access.APP, this::verify);
    api.get("/oauth/userinfo", Access.person("profile"), this::person);
    api.post("/oauth/userinfo", Access.person("profile"), this::person);
  }

  private Application register(Call call) {
    var params = call.params();
    call.http().response().putHeader("Cache-Control", "no-store");
    var registered =
        apps.register(
            params.filled("client_name"),
            params.list("redirect_uris"),
            params.filled("scopes"),
            params.filled("website"),
            ClientAddress.of(call.http(), settings));
    return describe(registered.app(), registered.secret());
  }

  private Application describe(App app, @Nullable String secret) {
    return new Application(
        String.valueOf(app.id()),
        app.name(),
        app.website(),
        Scopes.list(app.scopes()),
        String.join("\n", app.redirectUris()),
        app.redirectUris(),
        vapidKey.get(),
        secret == null ? null : app.clientId(),
        secret,
        secret == null ? null : 0L);
  }

  private Application verify(Call call) {
    var app = apps.ofToken(Objects.requireNonNull(call.caller()).tokenId());
    if (app == null) throw new Problem.Forbidden("This token belongs to no app");
    return describe(app, null);
  }

  private Object person(Call call) {
    var actor = actors.byId(call.viewer());
    if (actor == null) throw new Problem.NotFound();
    var page = actor.url();
    return new UserInfo(
        settings.origin() + "/",
        actor.uri(),
        actor.displayName(),
        actor.username(),
        page == null ? actor.uri() : page,
        actor.icon());
  }
}
