package org.placette.web;

import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: nobody in particular, or a person who signed in with a browser.
 *
 * @param actorId the person's actor; null for somebody who is not signed in
 * @param permissions what the person may do everywhere here; empty for nobody
 * @param locale the person's language; null to go by the browser
 * @param news whether something waits on the person's page of notices
 * @param csrf the secret that this visitor's forms must bring back; null until a form was shown
 */
public record Visitor(
    @Nullable Long actorId,
    String username,
    Set<Permission> permissions,
    @Nullable String locale,
    boolean news,
    @Nullable String csrf) {

  private static final String KEY = "placette.visitor";

  /** Somebody who is not signed in. */
  public static Visitor anonymous(@Nullable String csrf) {
    return new Visitor(null, "", Set.of(), null, false, csrf);
  }

  /** The visitor of this request. */
  public static Visitor of(RoutingContext ctx) {
    Visitor known = ctx.get(KEY);
    return known == null ? anonymous(null) : known;
  }

  /** Remembers the visitor for the rest of this request. */
  public void in(RoutingContext ctx) {
    ctx.put(KEY, this);
  }

  public boolean signedIn() {
    return actorId != null;
  }

  /** Whether the person may do that everywhere here. */
  public boolean may(Permission what) {
    return permissions.contains(what);
  }

  /**
   * The person's actor, for what only those may do who may do that.
   *
   * @throws Problem.Unauthorized for a stranger
   * @throws Problem.Forbidden for those who may not
   */
  public long require(Permission what) {
    var me = required();
    if (!may(what)) throw new Problem.Forbidden("Your role here does not include this");
    return me;
  }

  /** The person's actor, for what only signed-in people may do. */
  public long required() {
    if (actorId == null) throw new Problem.Unauthorized("Sign in first");
    return actorId;
  }
}
