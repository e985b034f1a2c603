package org.placette.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.placette.db.DbException;

/**
 * The one place where anything thrown below a route becomes an answer. What was not foreseen is
 * logged under an incident number, and the asker sees that number alone.
 */
final class Failures {

  private static final Logger LOG = System.getLogger("placette.web");

  private static final String AWAY_SECONDS = "10";

  private final ProblemPage page;

  Failures(ProblemPage page) {
    this.page = page;
  }

  void handle(RoutingContext ctx) {
    var response = ctx.response();
    if (response.ended() || response.closed()) return;
    if (response.headWritten()) {
      response.reset();
      return;
    }
    switch (ctx.failure()) {
      case Problem problem -> {
        if (problem instanceof Problem.TooMany many)
          response.putHeader("Retry-After", String.valueOf(many.retryAfterSeconds()));
        var fields = problem instanceof Problem.Invalid invalid ? invalid.fields() : Map.of();
        send(ctx, status(problem), problem.message(), fields);
      }
      case null -> send(ctx, routing(ctx), refusal(routing(ctx)), Map.of());
      case HttpException refused ->
          send(ctx, refused.getStatusCode(), refusal(refused.getStatusCode()), Map.of());
      case DbException away when away.isAway() -> {
        LOG.log(
            Level.WARNING,
            "the database is away at {0}: {1}",
            ctx.request().path(),
            away.getMessage());
        response.putHeader("Retry-After", AWAY_SECONDS);
        send(ctx, 503, "Try again in a moment", Map.of());
      }
      case DbException text when text.isOfUnstorableText() ->
          send(ctx, 400, "A text has a character that cannot be stored", Map.of());
      case Throwable unforeseen -> {
        // vertx-web says with a status below 500 that the request is to blame.
        var theirs = ctx.statusCode() >= 400 && ctx.statusCode() < 500;
        if (theirs) send(ctx, ctx.statusCode(), refusal(ctx.statusCode()), Map.of());
        else send(ctx, 500, incident(ctx, unforeseen), Map.of());
      }
    }
  }

  private static int routing(RoutingContext ctx) {
    return ctx.statusCode() > 0 ? ctx.statusCode() : 404;
  }

  static int status(Problem problem) {
    return switch (problem) {
      case Problem.BadRequest _ -> 400;
      case Problem.Unauthorized _ -> 401;
      case Problem.Forbidden _ -> 403;
      case Problem.NotFound _ -> 404;
      case Problem.Conflict _ -> 409;
      case Problem.Gone _ -> 410;
      case Problem.TooLarge _ -> 413;
      case Problem.UnsupportedType _ -> 415;
      case Problem.Invalid _ -> 422;
      case Problem.TooMany _ -> 429;
    };
  }

  private static String refusal(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 404 -> "Record not found";
      case 405 -> "Method not allowed";
      case 408 -> "Request timed out";
      case 413 -> "Request is too large";
      case 414 -> "Address is too long";
      case 415 -> "Media type is not supported";
      default -> "Request refused";
    };
  }

  private static String incident(RoutingContext ctx, Throwable failure) {
    var number = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 8);
    LOG.log(Level.ERROR, "incident " + number + " at " + ctx.request().path(), failure);
    return "Something went wrong here, not at your side. Incident " + number;
  }

  /** Why a field is wrong as Mastodon's apps read it: a word for them, and a sentence. */
  private static ObjectNode detail(String why, String message) {
    var known = Messages.of(Language.EN).find(why);
    var word =
        why.startsWith("ERR_") ? why : why.equals("error.required") ? "ERR_BLANK" : "ERR_INVALID";
    var sentence = known != null ? known : why.startsWith("ERR_") ? message : why;
    return JsonNodeFactory.instance
        .objectNode()
        .put("error", word)
        .put("description", sentence.replaceFirst("^Validation failed: ", ""));
  }

  private void send(RoutingContext ctx, int status, String message, Map<?, ?> fields) {
    ctx.response().setStatusCode(status);
    if (Negotiation.wantsJson(ctx)) {
      var body = JsonNodeFactory.instance.objectNode().put("error", message);
      if (!fields.isEmpty()) {
        var details = body.putObject("details");
        fields.forEach(
            (field, why) ->
                details.putArray(field.toString()).add(detail(why.toString(), message)));
      }
      Answers.json(ctx, body);
    } else {
      page.show(ctx, status, message);
    }
  }
}
