package org.placette.moderation;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Where residents block and mute people and hide whole servers, without an app. */
public final class BlockPages implements Routes {

  private static final int SHOWN = 200;
  private static final List<Integer> DAYS = List.of(0, 1, 7, 30);

  private final Db db;
  private final Actors actors;
  private final Blocks blocks;
  private final Pages pages;

  public BlockPages(Db db, Actors actors, Blocks blocks, Pages pages) {
    this.db = db;
    this.actors = actors;
    this.blocks = blocks;
    this.pages = pages;
  }

  /**
   * Somebody who is blocked or muted.
   *
   * @param until when that ends; null for never
   */
  public record Hidden(long actor, Byline who, @Nullable Instant until) {}

  /** Whom and what somebody hides: the latest of each kind. */
  public record Page(List<Hidden> blocked, List<Hidden> muted, List<String> hosts, Form form) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/settings/blocks", ctx -> show(ctx, Form.empty()));
    router.post("/block").handler(ctx -> between(ctx, blocks::block));
    router.post("/unblock").handler(ctx -> between(ctx, blocks::unblock));
    router.post("/mute").handler(this::mute);
    router.post("/unmute").handler(ctx -> between(ctx, BlockPages::unmute));
    router.post("/settings/blocks/host").handler(this::hide);
    router.post("/settings/blocks/host/end").handler(this::unhide);
  }

  private void show(RoutingContext ctx, Form form) {
    var me = Visitor.of(ctx).required();
    if (!form.ok()) ctx.response().setStatusCode(422);
    var page =
        new Page(
            MuteStore.blocked(db, me, SHOWN),
            MuteStore.muted(db, me, SHOWN),
            MuteStore.allHosts(db, me, SHOWN),
            form);
    pages.show(ctx, "moderation/blocks.jte", page);
  }

  /** What one does about another. */
  @FunctionalInterface
  private interface Deed {
    void make(Tx tx, Actor me, Actor other);
  }

  private void between(RoutingContext ctx, Deed deed) {
    var me = actors.acting(Visitor.of(ctx).required());
    var form = Form.of(ctx);
    var id = form.value("actor");
    var other = id.matches("\\d{1,18}") ? actors.byId(Long.parseLong(id)) : null;
    if (other == null || other.id() == me.id()) throw new Problem.NotFound();
    db.transact(tx -> deed.make(tx, me, other));
    var there = form.value("back").equals("list") || other.deleted() || other.suspended();
    Answers.redirect(ctx, there ? "/settings/blocks" : Byline.of(other).path());
  }

  private void mute(RoutingContext ctx) {
    var days = Form.of(ctx).value("days");
    var length = DAYS.stream().filter(n -> days.equals(String.valueOf(n))).findFirst().orElse(0);
    var expires = length == 0 ? null : Instant.now().plus(Duration.ofDays(length));
    between(ctx, (tx, me, other) -> MuteStore.mute(tx, me.id(), other.id(), true, expires));
  }

  private static void unmute(Tx tx, Actor me, Actor other) {
    MuteStore.unmute(tx, me.id(), other.id());
  }

  private void hide(RoutingContext ctx) {
    var me = actors.acting(Visitor.of(ctx).required());
    var form = Form.of(ctx);
    var host = DomainPolicy.name(form.required("host", 253));
    if (host == null || !host.contains(".") || host.equals(actors.urls().host()))
      form.wrong("host", "error.domain");
    if (form.ok() && host != null) change(ctx, host, (tx, name) -> blocks.hide(tx, me, name));
    else show(ctx, form);
  }

  private void unhide(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    change(ctx, Form.of(ctx).value("host"), (tx, name) -> MuteStore.unmuteHost(tx, me, name));
  }

  private void change(RoutingContext ctx, String host, BiConsumer<Tx, String> what) {
    db.transact(tx -> what.accept(tx, host));
    Answers.redirect(ctx, "/settings/blocks");
  }
}
