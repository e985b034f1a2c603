package org.placette.push;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.KeyRing;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.federation.fetch.WebUrl;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Params;
import org.placette.notification.NotificationStore.Type;
import org.placette.push.PushStore.Subscription;
import org.placette.web.Problem;

/** Where an app wants to be woken (methods/push): one address for each token. */
public final class PushApi implements Api.Calls {

  private static final Set<String> POLICIES = Set.of("all", "followed", "follower", "none");

  private final Db db;
  private final KeyRing ring;
  private final Vapid vapid;
  private final boolean plainHttp;

  /**
   * @param plainHttp whether addresses without TLS are taken, as on a machine of one's own
   */
  public PushApi(Db db, KeyRing ring, Vapid vapid, boolean plainHttp) {
    this.db = db;
    this.ring = ring;
    this.vapid = vapid;
    this.plainHttp = plainHttp;
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return PushStore.retention();
  }

  /** A subscription (entities/WebPushSubscription). */
  record WebPushSubscription(
      int id,
      String endpoint,
      boolean standard,
      Map<String, Boolean> alerts,
      String policy,
      String serverKey) {}

  @Override
  public void into(Api api) {
    var push = Access.person("push");
    api.get("/api/v1/push/subscription", push, call -> shown(PushStore.of(db, token(call))));
    api.post("/api/v1/push/subscription", push, this::subscribe);
    api.put("/api/v1/push/subscription", push, this::change);
    api.delete("/api/v1/push/subscription", push, this::remove);
  }

  private static long token(Call call) {
    return call.person().tokenId();
  }

  private WebPushSubscription shown(@Nullable Subscription one) {
    if (one == null) throw new Problem.NotFound();
    Map<String, Boolean> alerts = new LinkedHashMap<>();
    for (var type : Type.values())
      alerts.merge(type.word(), one.alerts().contains(type.name()), Boolean::logicalOr);
    return new WebPushSubscription(
        one.id(), one.endpoint(), one.standard(), alerts, one.policy(), vapid.publicKey());
  }

  private Object subscribe(Call call) {
    var params = call.params();
    var p256dh = key(params, "subscription[keys][p256dh]");
    var auth = key(params, "subscription[keys][auth]");
    try {
      var unused = PushCipher.seal(new byte[0], p256dh, auth, true);
    } catch (GeneralSecurityException e) {
      throw invalid("p256dh");
    }
    var bearer = Objects.requireNonNull(Api.bearer(call.http()));
    var token = token(call);
    var policy = policy(params);
    return shown(
        PushStore.put(
            db,
            new PushStore.Wanted(
                token,
                call.viewer(),
                endpoint(params.required("subscription[endpoint]")).toString(),
                p256dh,
                auth,
                params.flag("subscription[standard]", false),
                alerts(params),
                policy == null ? "all" : policy,
                ring.seal(bearer.getBytes(StandardCharsets.UTF_8), purpose(token)))));
  }

  static String purpose(long token) {
    return "push-" + token;
  }

  private URI endpoint(String text) {
    var url = WebUrl.parseOrNull(text);
    if (url == null || text.length() > 2_000) throw invalid("endpoint");
    if (!url.getScheme().equals("https") && !plainHttp) throw invalid("endpoint");
    return url;
  }

  private static byte[] key(Params params, String name) {
    var text = params.required(name).replace('+', '-').replace('/', '_').replaceAll("=+$", "");
    try {
      var bytes = Base64.getUrlDecoder().decode(text);
      if (bytes.length == 0 || bytes.length > 100) throw invalid(name);
      return bytes;
    } catch (IllegalArgumentException e) {
      throw invalid(name);
    }
  }

  private static Problem.Invalid invalid(String field) {
    return new Problem.Invalid(
        "Validation failed: " + field + " is invalid", Map.of(field, "ERR_INVALID"));
  }

  private static List<String> alerts(Params params) {
    List<String> types = new ArrayList<>();
    Arrays.stream(Type.values())
        .filter(type -> params.flag("data[alerts][" + type.word() + "]", false))
        .forEach(type -> types.add(type.name()));
    return types;
  }

  private static @Nullable String policy(Params params) {
    var policy = params.filled("data[policy]");
    if (policy == null) policy = params.filled("policy");
    if (policy != null && !POLICIES.contains(policy)) throw invalid("policy");
    return policy;
  }

  private Object change(Call call) {
    var params = call.params();
    return shown(PushStore.change(db, token(call), alerts(params), policy(params)));
  }

  private Object remove(Call call) {
    PushStore.remove(db, token(call));
    return Api.NOTHING;
  }
}
