package org.placette.operation;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.audit.Audit;
import org.placette.db.Db;
import org.placette.instance.Instance;
import org.placette.instance.NeighbourPolicy;
import org.placette.instance.Neighbours;
import org.placette.outbox.Peers;
import org.placette.outbox.Receiver;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Limit;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** The servers next to ours: who they are, what goes back and forth, who may come in. */
public final class NeighbourPages implements Routes {

  private static final String HERE = "/admin/neighbours";
  private static final int LONGEST = 300;

  private final Db db;
  private final Actors actors;
  private final Instance instance;
  private final Neighbours neighbours;
  private final Peers peers;
  private final Pages pages;
  private final Limit adding = new Limit(20, Duration.ofMinutes(10));

  public NeighbourPages(
      Db db, Actors actors, Instance instance, Neighbours neighbours, Peers peers, Pages pages) {
    this.db = db;
    this.actors = actors;
    this.instance = instance;
    this.neighbours = neighbours;
    this.peers = peers;
    this.pages = pages;
  }

  /**
   * A neighbour.
   *
   * @param software what it runs; "" when not known
   * @param weFollow none, pending or accepted
   * @param theyFollow none, pending or accepted
   * @param added true when somebody here added it
   * @param sought true while it is still to be found
   * @param lastIn when it last sent something; null for never, as far as is known
   * @param lastOut when it last took something
   * @param events of it that are known here
   * @param chosen what it is sent by choice; null by its software
   * @param usual what it is sent by its software
   */
  public record Line(
      String host,
      String software,
      String version,
      String weFollow,
      String theyFollow,
      boolean added,
      boolean sought,
      @Nullable Trouble trouble,
      @Nullable Instant lastIn,
      @Nullable Instant lastOut,
      long events,
      @Nullable Receiver chosen,
      Receiver usual) {

    /** True when it waits for an answer of ours. */
    public boolean asks() {
      return theyFollow.equals("pending");
    }
  }

  /**
   * The page.
   *
   * @param done what was just done, by the name of its message; null for nothing
   * @param doneTo to which host
   */
  public record Page(
      List<Line> all, NeighbourPolicy policy, Form form, @Nullable String done, String doneTo) {

    public List<String> policies() {
      return Arrays.stream(NeighbourPolicy.values()).map(NeighbourPages::word).toList();
    }

    public List<String> receivers() {
      return Arrays.stream(Receiver.values()).map(NeighbourPages::word).toList();
    }
  }

  /** The name of a choice in forms and messages. */
  public static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, HERE, ctx -> show(ctx, Form.empty()));
    router.post(HERE).handler(this::add);
    router.post(HERE + "/accept").handler(ctx -> answer(ctx, true));
    router.post(HERE + "/refuse").handler(ctx -> answer(ctx, false));
    Pages.get(router, HERE + "/remove", this::askToRemove);
    router.post(HERE + "/remove").handler(this::remove);
    router.post(HERE + "/policy").handler(this::policy);
    router.post(HERE + "/receiver").handler(this::receiver);
  }

  private static long staff(RoutingContext ctx) {
    return Visitor.of(ctx).require(Permission.DOMAINS);
  }

  private void show(RoutingContext ctx, Form form) {
    var unused = staff(ctx);
    if (!form.ok()) ctx.response().setStatusCode(422);
    var all = OverviewStore.list(db, actors.relay().id(), actors.village().id());
    var done = ctx.request().getParam("done");
    var known = done != null && done.matches("[a-z]{1,12}") ? done : null;
    var host = ctx.request().getParam("host");
    var policy = instance.neighbourPolicy(db);
    var page = new Page(all, policy, form, known, host == null ? "" : host);
    pages.show(ctx, "operation/neighbours.jte", page);
  }

  private static void done(RoutingContext ctx, String what, String host) {
    var name = URLEncoder.encode(host, StandardCharsets.UTF_8);
    Answers.redirect(ctx, HERE + "?done=" + what + "&host=" + name);
  }

  /** Waits for the other server as long as our rules allow; others are served meanwhile. */
  private void add(RoutingContext ctx) {
    var me = staff(ctx);
    var form = Form.of(ctx);
    var host = form.required("host", LONGEST);
    if (form.ok()) {
      adding.count(String.valueOf(me));
      try {
        done(ctx, word(neighbours.add(host, me)), host);
        return;
      } catch (Problem.BadRequest e) {
        form.wrong("host", "error.host");
      } catch (Problem.NotFound e) {
        form.wrong("host", "error.host.nobody");
      }
    }
    show(ctx, form);
  }

  private void answer(RoutingContext ctx, boolean yes) {
    var me = staff(ctx);
    var host = Form.of(ctx).value("host");
    var some = yes ? neighbours.accept(host, me) : neighbours.refuse(host, me);
    if (!some) throw new Problem.NotFound();
    done(ctx, yes ? "let" : "refused", host);
  }

  private void askToRemove(RoutingContext ctx) {
    var unused = staff(ctx);
    var host = ctx.request().getParam("host");
    if (host == null) {
      // Who switches the language here chooses again.
      Answers.redirect(ctx, HERE);
      return;
    }
    var view = pages.view(ctx);
    var action = HERE + "/remove?host=" + URLEncoder.encode(host, StandardCharsets.UTF_8);
    var question =
        new Pages.Question(
            view.t("neighbours.remove.title", host),
            view.t("neighbours.remove.text"),
            action,
            view.t("neighbours.remove.yes"),
            view.t("form.back"),
            HERE);
    pages.show(ctx, view, "question.jte", question);
  }

  private void remove(RoutingContext ctx) {
    var me = staff(ctx);
    var host = ctx.request().getParam("host");
    if (host == null || !neighbours.remove(host, me)) throw new Problem.NotFound();
    done(ctx, "removed", host);
  }

  private void policy(RoutingContext ctx) {
    var me = staff(ctx);
    var policy = word(NeighbourPolicy.of(Form.of(ctx).value("policy")));
    db.transact(
        tx -> {
          instance.put(tx, Instance.NEIGHBOUR_POLICY, policy);
          Audit.write(tx, me, "neighbour.policy", null, policy, "");
        });
    done(ctx, "policy", "");
  }

  private void receiver(RoutingContext ctx) {
    var me = staff(ctx);
    var form = Form.of(ctx);
    var host = form.value("host");
    var word = form.value("receiver");
    var chosen = Arrays.stream(Receiver.values()).filter(it -> word(it).equals(word)).findFirst();
    if (chosen.isEmpty() && !word.equals("usual")) throw new Problem.BadRequest("No such choice");
    if (OverviewStore.actor(db, host) == null) throw new Problem.NotFound();
    db.transact(
        tx -> {
          peers.choose(tx, host, chosen.orElse(null));
          Audit.write(tx, me, "neighbour.receiver", null, host + ": " + word, "");
        });
    done(ctx, "receiver", host);
  }
}
