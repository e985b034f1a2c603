package org.placette.oauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.placette.config.Settings;
import org.placette.mastodon.Params;
import org.placette.web.Answers;
import org.placette.web.Routes;

/** OAuth 2 as apps speak it: tokens, revocation, and what this server can do. */
public final class OauthRoutes implements Routes {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final OauthParts parts;
  private final Settings settings;

  public OauthRoutes(OauthParts parts, Settings settings) {
    this.parts = parts;
    this.settings = settings;
  }

  @Override
  public void mount(Router router) {
    router.post("/oauth/token").handler(ctx -> answer(ctx, this::token));
    router.post("/oauth/revoke").handler(ctx -> answer(ctx, this::revoke));
    router.get("/.well-known/oauth-authorization-server").handler(this::metadata);
  }

  private static void answer(RoutingContext ctx, Handler<RoutingContext> handler) {
    ctx.response().putHeader("Cache-Control", "no-store");
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

  private void token(RoutingContext ctx) {
    var input = Params.of(ctx);
    var kind = input.filled("grant_type");
    if (kind == null) throw Refusal.request("grant_type is missing");
    var app = client(ctx, input);
    var issued =
        switch (kind) {
          case "authorization_code" -> ofCode(app, input);
          case "client_credentials" -> {
            var scopes = Scopes.asked(input.filled("scope"), app.scopes());
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

  private Codes.Issued ofCode(App app, Params input) {
    var code = input.filled("code");
    var redirect = input.filled("redirect_uri");
    if (code == null) throw Refusal.request("code is missing");
    if (redirect == null) throw Refusal.request("redirect_uri is missing");
    return parts.codes().redeem(app, code, redirect, input.filled("code_verifier"));
  }

  /** The app that sends the request, by HTTP Basic or by fields (RFC 6749, section 2.3.1). */
  private App client(RoutingContext ctx, Params input) {
    var basic = basic(ctx.request().getHeader("Authorization"));
    var app =
        basic == null
            ? parts.apps().authenticate(input.filled("client_id"), input.filled("client_secret"))
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
    var input = Params.of(ctx);
    var app = client(ctx, input);
    var token = input.filled("token");
    if (token == null) throw Refusal.request("token is missing");
    if (!parts.tokens().revoke(token, app.id()))
      throw new Refusal(403, "unauthorized_client", "This token belongs to another app");
    Answers.json(ctx, JSON.objectNode());
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
