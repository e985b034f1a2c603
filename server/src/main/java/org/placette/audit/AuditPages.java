package org.placette.audit;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Routes;
import org.placette.web.View;
import org.placette.web.Visitor;

/** The log, for those who may read it. */
public final class AuditPages implements Routes {

  /** A field, its value before and its value now. */
  private static final Pattern IN_GROUP = Pattern.compile("(-?)([a-z]+) https?://.*/([^/]+)");

  private static final Pattern CHANGE = Pattern.compile("(\\w+)=(\\w+)→(\\w+) ?");

  private static final int PAGE = 50;

  private final Db db;
  private final Pages pages;

  public AuditPages(Db db, Pages pages) {
    this.db = db;
    this.pages = pages;
  }

  /**
   * One thing that was done.
   *
   * @param actor the handle of who did it; empty for the server itself
   * @param target the handle of whom it was done to; empty for nobody
   */
  public record Line(
      long id,
      String actor,
      String action,
      String target,
      String detail,
      String reason,
      Instant published) {

    /** What was done, in words; the stored word where this version has none. */
    public String words(View view) {
      var text = view.find("audit." + action);
      return text == null ? action : text;
    }

    /** What exactly, in words where it is a role, a measure or a setting that was changed. */
    public String exactly(View view) {
      var group = IN_GROUP.matcher(detail);
      if (action.equals("group.role") && group.matches()) return inGroup(view, group);
      var role = view.find("role." + detail);
      var measure = view.find("measure." + detail);
      if (role != null || measure != null) return role != null ? role : String.valueOf(measure);
      return CHANGE.matcher(detail).replaceAll(found -> changed(view, found)).strip();
    }

    /** A role that was given in a group, or taken back there. */
    private static String inGroup(View view, Matcher found) {
      var word = found.group(2);
      var role = Objects.requireNonNullElse(view.find("role." + word), word);
      var key = found.group(1).isEmpty() ? "audit.inGroup" : "audit.notInGroup";
      return view.t(key, role, found.group(3));
    }

    private static String changed(View view, MatchResult found) {
      var label = view.find("field." + found.group(1));
      if (label == null) return Matcher.quoteReplacement(found.group());
      var before = value(view, found.group(2));
      var now = value(view, found.group(3));
      return Matcher.quoteReplacement(view.t("audit.changed", label, before, now));
    }

    private static String value(View view, String text) {
      var word = view.find("audit.is." + text);
      return word == null ? text : word;
    }
  }

  /**
   * A page of the log.
   *
   * @param next the query of the page after it; null for none
   */
  public record Log(List<Line> lines, @Nullable String next) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/admin/log", this::show);
  }

  private void show(RoutingContext ctx) {
    Visitor.of(ctx).require(Permission.AUDIT);
    var target = number(ctx.request().getParam("about"), 0);
    var before = number(ctx.request().getParam("before"), Long.MAX_VALUE);
    var lines = AuditStore.page(db, target, before, PAGE);
    var only = target == 0 ? "" : "&about=" + target;
    var next = lines.size() < PAGE ? null : "before=" + lines.getLast().id() + only;
    pages.show(ctx, "audit/log.jte", new Log(lines, next));
  }

  private static long number(@Nullable String text, long otherwise) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : otherwise;
  }
}
