package org.placette.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.placette.db.Db;
import org.placette.federation.fetch.WebUrl;
import org.placette.user.Sessions;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Waking the browser in which somebody is signed in; it ends with the session. */
public final class PushPages implements Routes {

  private static final String BACK = "/settings/notifications?saved=1#push";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Db db;
  private final Sessions sessions;
  private final boolean plainHttp;

  /**
   * @param plainHttp whether addresses without TLS are taken, as on a machine of one's own
   */
  public PushPages(Db db, Sessions sessions, boolean plainHttp) {
    this.db = db;
    this.sessions = sessions;
    this.plainHttp = plainHttp;
  }

  @Override
  public void mount(Router router) {
    router.post("/settings/push").handler(this::on);
    router.post("/settings/push/off").handler(this::off);
  }

  /** The browser's own words (Push API, PushSubscriptionJSON). */
  private void on(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    try {
      var given = JSON.readTree(Form.of(ctx).value("subscription"));
      var url = WebUrl.parseOrNull(given.path("endpoint").asText());
      if (url == null || url.toString().length() > 2_000) throw wrong();
      if (!url.getScheme().equals("https") && !plainHttp) throw wrong();
      var point = key(given, "p256dh");
      var auth = key(given, "auth");
      var unused = PushCipher.seal(new byte[0], point, auth, true);
      var session = sessions.key(ctx);
      if (session == null || !PushStore.putBrowser(db, me, session, url.toString(), point, auth))
        throw wrong();
      Answers.redirect(ctx, BACK);
    } catch (IOException | IllegalArgumentException | GeneralSecurityException e) {
      throw wrong();
    }
  }

  private static byte[] key(JsonNode given, String name) {
    return Base64.getUrlDecoder().decode(given.path("keys").path(name).asText());
  }

  private static Problem wrong() {
    return new Problem.BadRequest("This is no subscription of a browser");
  }

  private void off(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    var session = sessions.key(ctx);
    if (session != null) PushStore.removeBrowser(db, me, session);
    Answers.redirect(ctx, BACK);
  }
}
