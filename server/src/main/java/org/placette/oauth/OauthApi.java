package org.placette.oauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.config.Settings;
import org.placette.web.Answers;
import org.placette.web.ClientAddress;
import org.placette.web.Problem;
import org.placette.web.Routes;

/** OAuth 2 as apps speak it: registration, tokens, revocation, and what this server can do. */
public final class OauthApi implements Routes {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final OauthParts parts;
  private final Actors actors;
  private final Settings settings;
  private final Supplier<String> vapidKey;

  /**
   * @param vapidKey the public key of Web Push messages, in base64url
   */
  public OauthApi(OauthParts parts, Actors actors, Settings settings, Supplier<String> vapidKey) {
    this.parts = parts;
    this.actors = actors;
    this.settings = settings;
    this.vapidKey = vapidKey;
  }

  @Override
  public void mount(Router router) {
    open(router, HttpMethod.POST, "/api/v1/apps", this::register);
    open(router, HttpMethod.GET, "/api/v1/apps/verify_credentials", this::app);
    open(router, HttpMethod.POST, "/oauth/token", this::token);
    open(router, HttpMethod.POST, "/oauth/revoke", this::revoke);
    open(router, HttpMethod.GET, "/oauth/userinfo", this::person);
    open(router, HttpMethod.GET, "/.well-known/oauth-authorization-server", this::metadata);
  }

  /** Apps in browsers come from other origins (CORS), and refusals are theirs to read as well. */
  private void open(
      Router router, HttpMethod method, String path, Handler<RoutingContext> handler) {
    router
        .route(path)
        .handler(
            ctx -> {
              ctx.response()
                  .putHeader("Access-Control-Allow-Origin", "*")
                  .putHeader("Cross-Origin-Opener-Policy", "unsafe-none")
                  .putHeader("Cache-Control", "no-store");
              if (ctx.request().method() == HttpMethod.OPTIONS) preflight(ctx);
              else if (ctx.request().method() == method) answer(ctx, handler);
              else ctx.next();
            });
  }

  private static void preflight(RoutingContext ctx) {
    ctx.response()
        .putHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE, OPTIONS")
        .putHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key")
        .putHeader("Access-Control-Max-Age", "86400")
        .setStatusCode(204)
        .end();
  }

  private static void answer(RoutingContext ctx, Handler<RoutingContext> handler) {
    try {
      handler.handle(ctx);
    } catch (Refusal refused) {
      if (refused.status() == 401)
        ctx.response().putHeader("WWW-Authenticate", "Basic realm=\"oauth\", charset=\"UTF-8\"");
      ctx.response().setStatusCode(refused.status());
      Answers.json(
          ctx,
          JSON.objectNode()
              .put("error", refused.error())
              .put("error_description", refused.description()));
    }
  }

  private void register(RoutingContext ctx) {
    var input = Input.of(ctx);
    var registered =
        parts
            .apps()
            .register(
                input.value("client_name"),
                input.values("redirect_uris"),
                input.value("scopes"),
                input.value("website"),
                ClientAddress.of(ctx, settings));
    Answers.json(
        ctx,
        describe(registered.app())
            .put("client_id", registered.app().clientId())
            .put("client_secret", registered.secret())
            .put("client_secret_expires_at", 0));
  }

  private ObjectNode describe(App app) {
    var json =
        JSON.objectNode()
            .put("id", String.valueOf(app.id()))
            .put("name", app.name())
            .put("website", app.website())
            .put("redirect_uri", String.join("\n", app.redirectUris()))
            .put("vapid_key", vapidKey.get());
    app.redirectUris().forEach(json.putArray("redirect_uris")::add);
    var scopes = json.putArray("scopes");
    Scopes.ALL.stream().filter(app.scopes()::contains).forEach(scopes::add);
    return json;
  }

  private void app(RoutingContext ctx) {
    var id = grant(ctx).appId();
    var app = id == null ? null : parts.apps().byId(id);
    if (app == null) throw new Problem.Forbidden("This token belongs to no app");
    Answers.json(ctx, describe(app));
  }

  private void token(RoutingContext ctx) {
    var input = Input.of(ctx);
    var kind = input.value("grant_type");
    if (kind == null) throw Refusal.request("grant_type is missing");
    var app = client(ctx, input);
    var issued =
        switch (kind) {
          case "authorization_code" -> ofCode(app, input);
          case "client_credentials" -> {
            var scopes = Scopes.asked(input.value("scope"), app.scopes());
            if (scopes == null) throw Refusal.scope();
            yield parts.codes().forApp(app, scopes);
          }
          default ->
              throw new Refusal(
                  400,
                  "unsupported_grant_type",
                  "Tokens are given for authorization_code and client_credentials");
        };
    ctx.response().putHeader("Pragma", "no-cache");
    Answers.json(
        ctx,
        JSON.objectNode()
            .put("access_token", issued.token())
            .put("token_type", "Bearer")
            .put("scope", Scopes.text(issued.scopes()))
            .put("created_at", issued.created().getEpochSecond()));
  }

  private Codes.Issued ofCode(App app, Input input) {
    var code = input.value("code");
    var redirect = input.value("redirect_uri");
    if (code == null) throw Refusal.request("code is missing");
    if (redirect == null) throw Refusal.request("redirect_uri is missing");
    return parts.codes().redeem(app, code, redirect, input.value("code_verifier"));
  }

  /** The app that sends the request, by HTTP Basic or by fields (RFC 6749, section 2.3.1). */
  private App client(RoutingContext ctx, Input input) {
    var basic = basic(ctx.request().getHeader("Authorization"));
    var app =
        basic == null
            ? parts.apps().authenticate(input.value("client_id"), input.value("client_secret"))
            : parts.apps().authenticate(basic[0], basic[1]);
    if (app == null) throw Refusal.client();
    return app;
  }

  private static String @Nullable [] basic(@Nullable String header) {
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith("basic ")) return null;
    try {
      var bytes = Base64.getDecoder().decode(header.substring(6).strip());
      var both = new String(bytes, StandardCharsets.UTF_8).split(":", 2);
      if (both.length != 2) throw Refusal.client();
      return new String[] {
        URLDecoder.decode(both[0], StandardCharsets.UTF_8),
        URLDecoder.decode(both[1], StandardCharsets.UTF_8)
      };
    } catch (IllegalArgumentException e) {
      throw Refusal.client();
    }
  }

  private void revoke(RoutingContext ctx) {
    var input = Input.of(ctx);
    var app = client(ctx, input);
    var token = input.value("token");
    if (token == null) throw Refusal.request("token is missing");
    if (!parts.tokens().revoke(token, app.id()))
      throw new Refusal(403, "unauthorized_client", "This token belongs to another app");
    Answers.json(ctx, JSON.objectNode());
  }

  private void person(RoutingContext ctx) {
    var grant = grant(ctx);
    var actor = grant.allows("profile") ? actors.byId(grant.actorId()) : null;
    if (actor == null) {
      ctx.response().putHeader("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
      throw new Problem.Forbidden("This action is outside the authorized scopes");
    }
    var json =
        JSON.objectNode()
            .put("iss", settings.origin() + "/")
            .put("sub", actor.uri())
            .put("name", actor.displayName())
            .put("preferred_username", actor.username())
            .put("profile", actor.url() == null ? actor.uri() : actor.url());
    if (actor.icon() != null) json.put("picture", actor.icon());
    Answers.json(ctx, json);
  }

  private Tokens.Grant grant(RoutingContext ctx) {
    var header = ctx.request().getHeader("Authorization");
    var sent = header != null && header.toLowerCase(Locale.ROOT).startsWith("bearer ");
    var grant = sent ? parts.tokens().verify(header.substring(7).strip()) : null;
    if (grant != null) return grant;
    ctx.response().putHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    throw new Problem.Unauthorized("The access token is invalid");
  }

  /** RFC 8414, section 2. */
  private void metadata(RoutingContext ctx) {
    var origin = settings.origin();
    var json =
        JSON.objectNode()
            .put("issuer", origin + "/")
            .put("authorization_endpoint", origin + "/oauth/authorize")
            .put("token_endpoint", origin + "/oauth/token")
            .put("revocation_endpoint", origin + "/oauth/revoke")
            .put("userinfo_endpoint", origin + "/oauth/userinfo")
            .put("app_registration_endpoint", origin + "/api/v1/apps");
    Scopes.ALL.forEach(json.putArray("scopes_supported")::add);
    json.putArray("response_types_supported").add("code");
    json.putArray("response_modes_supported").add("query");
    json.putArray("grant_types_supported").add("authorization_code").add("client_credentials");
    json.putArray("token_endpoint_auth_methods_supported")
        .add("client_secret_basic")
        .add("client_secret_post");
    json.putArray("code_challenge_methods_supported").add("S256");
    ctx.response().putHeader("Cache-Control", "public, max-age=300");
    Answers.json(ctx, json);
  }
}
