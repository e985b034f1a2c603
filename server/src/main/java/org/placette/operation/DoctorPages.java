package org.placette.operation;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.checkup.Checkup;
import org.placette.checkup.Finding;
import org.placette.checkup.Ground;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.MediaType;
import org.placette.federation.fetch.SignedHttp;
import org.placette.federation.fetch.WebUrl;
import org.placette.web.Form;
import org.placette.web.Limit;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.View;
import org.placette.web.Visitor;

/** The checks of {@code placette doctor} at the press of a button, and one more: with a peer. */
public final class DoctorPages implements Routes {

  private static final String HERE = "/admin/doctor";

  private final Db db;
  private final Settings settings;
  private final Actors actors;
  private final SignedHttp http;
  private final Pages pages;
  private final Limit limit = new Limit(1, Duration.ofMinutes(1));

  public DoctorPages(Db db, Settings settings, Actors actors, SignedHttp http, Pages pages) {
    this.db = db;
    this.settings = settings;
    this.actors = actors;
    this.http = http;
    this.pages = pages;
  }

  /**
   * What a neighbour answered to a signed request for its own actor.
   *
   * @param status of HTTP; 0 for no answer
   * @param trouble null when all is well
   */
  public record Answer(String host, int status, long millis, @Nullable Trouble trouble) {}

  /**
   * The page.
   *
   * @param hosts neighbours that can be asked
   * @param findings empty before the button was pressed
   * @param answer null when no neighbour was chosen
   */
  public record Page(List<String> hosts, List<Finding> findings, @Nullable Answer answer) {

    /** The text of a finding. */
    public String words(View view, Finding finding) {
      var text = view.t("doctor." + finding.key(), finding.values().toArray());
      var values = finding.values();
      // An address that begins the sentence stays as it is.
      return !values.isEmpty() && text.startsWith(values.getFirst().toString())
          ? text
          : view.capital(text);
    }

    /** How many things are wrong. */
    public long wrong() {
      var bad = findings.stream().filter(it -> it.grade() == Finding.Grade.WRONG).count();
      return answer != null && answer.trouble() != null ? bad + 1 : bad;
    }
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, HERE, ctx -> show(ctx, List.of(), null));
    router.post(HERE).handler(this::look);
  }

  private void show(RoutingContext ctx, List<Finding> findings, @Nullable Answer answer) {
    var unused = Visitor.of(ctx).require(Permission.SETTINGS);
    var page = new Page(OverviewStore.hosts(db), findings, answer);
    pages.show(ctx, "operation/doctor.jte", page);
  }

  private void look(RoutingContext ctx) {
    var unused = Visitor.of(ctx).require(Permission.SETTINGS);
    var host = Form.of(ctx).value("host");
    var uri = host.isEmpty() ? null : OverviewStore.actor(db, host);
    if (!host.isEmpty() && uri == null) throw new Problem.NotFound();
    limit.count("");
    var findings =
        Aside.run("doctor", () -> new Checkup(settings, true, () -> Ground.look(db)).all());
    show(ctx, findings, uri == null ? null : ask(host, uri));
  }

  private Answer ask(String host, String uri) {
    var begin = System.nanoTime();
    try {
      var key = actors.signingKey(actors.relay());
      var answer = http.get(WebUrl.parse(uri), MediaType.ACTIVITY_ACCEPT, key);
      var status = answer.status();
      var trouble = status == 200 ? null : new Trouble("HTTP " + status);
      return new Answer(host, status, millis(begin), trouble);
    } catch (FetchProblem e) {
      var trouble = new Trouble(String.valueOf(e.getMessage()));
      return new Answer(host, e.status(), millis(begin), trouble);
    }
  }

  private static long millis(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin).toMillis();
  }
}
