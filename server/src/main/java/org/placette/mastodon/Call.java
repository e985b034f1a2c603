package org.placette.mastodon;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.placette.web.Problem;

/**
 * One call of the API: who calls, with what, and the headers of the answer. Of one request only.
 */
public final class Call {

  private final RoutingContext ctx;
  private final @Nullable Caller caller;
  private final Map<String, String> path;
  private final String origin;
  private @Nullable Params params;

  Call(RoutingContext ctx, @Nullable Caller caller, Map<String, String> path, String origin) {
    this.ctx = ctx;
    this.caller = caller;
    this.path = path;
    this.origin = origin;
  }

  /** The request itself, for headers and uploads. */
  public RoutingContext http() {
    return ctx;
  }

  /** Who calls; null for a stranger. */
  public @Nullable Caller caller() {
    return caller;
  }

  /** The actor who calls; 0 for a stranger or an app without a person. */
  public long viewer() {
    return caller == null ? 0 : caller.actorId();
  }

  /**
   * The person who calls.
   *
   * @throws Problem.Unauthorized for anybody else; cannot happen behind {@link Access#person}
   */
  public Caller person() {
    if (caller == null || caller.actorId() == 0)
      throw new Problem.Unauthorized("This method requires an authenticated user");
    return caller;
  }

  /** A part of the path, decoded, by the name after the colon. */
  public String path(String name) {
    return path.getOrDefault(name, "");
  }

  /**
   * A part of the path that is an id.
   *
   * @throws Problem.NotFound when it is no number
   */
  public long id(String name) {
    try {
      return Long.parseLong(path(name));
    } catch (NumberFormatException e) {
      throw new Problem.NotFound();
    }
  }

  /** The id in the path. */
  public long id() {
    return id("id");
  }

  /** Query, form or JSON alike. */
  public Params params() {
    var read = params;
    if (read == null) {
      read = Params.of(ctx);
      params = read;
    }
    return read;
  }

  /** The page of statuses that is asked for: 20, at most 40. */
  public Paging statuses() {
    return Paging.of(params(), 20, 40);
  }

  /** The page of accounts that is asked for: 40, at most 80. */
  public Paging accounts() {
    return Paging.of(params(), 40, 80);
  }

  /** Any other page. */
  public Paging paging(int usual, int most) {
    return Paging.of(params(), usual, most);
  }

  /**
   * Says where the pages before and after are.
   *
   * @param cursor of an entry, as {@link Paging} counts
   */
  public <T> void link(List<T> page, ToLongFunction<T> cursor) {
    var link = Paging.link(origin + ctx.normalizedPath(), params(), page, cursor);
    if (link != null) ctx.response().putHeader("Link", link);
  }

  /**
   * Says where the next page of a list is that is paged by another parameter than max_id.
   *
   * @param name of that parameter
   * @param cursor its value there
   */
  public void next(String name, String cursor) {
    var link = Paging.next(origin + ctx.normalizedPath(), params(), name, cursor);
    ctx.response().putHeader("Link", link);
  }

  /** Answers with another status than 200. */
  public void status(int code) {
    ctx.response().setStatusCode(code);
  }
}
