package org.placette.moderation;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.placette.audit.Audit;
import org.placette.db.Db;
import org.placette.moderation.DomainLimit.Severity;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Uploads;
import org.placette.web.Visitor;

/** Where other servers are limited, one by one or by a list. */
public final class DomainPages implements Routes {

  private static final int SHOWN = 500;
  private static final long LONGEST = 2_000_000;

  private final Db db;
  private final DomainPolicy domains;
  private final String host;
  private final Pages pages;

  /**
   * @param host of this server, which is never limited
   */
  public DomainPages(Db db, DomainPolicy domains, String host, Pages pages) {
    this.db = db;
    this.domains = domains;
    this.host = host;
    this.pages = pages;
  }

  /**
   * The page.
   *
   * @param all how many there are, of which the first 500 are shown
   * @param told whether everybody may read the list
   * @param shared whether those who moderate at the ring's neighbours may, reasons included
   * @param imported what came of a list; empty for none
   */
  public record Page(
      List<DomainLimit> limits,
      int all,
      String imported,
      Form form,
      boolean told,
      boolean shared) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/admin/domains", ctx -> show(ctx, "", Form.empty()));
    Pages.get(router, "/admin/domains.csv", this::export);
    router.post("/admin/domains").handler(this::put);
    router.post("/admin/domains/end").handler(this::end);
    router.post("/admin/domains/shown").handler(this::tell);
    router.post("/admin/domains/import").handler(this::importList);
  }

  private void show(RoutingContext ctx, String imported, Form form) {
    Visitor.of(ctx).require(Permission.DOMAINS);
    if (!form.ok()) ctx.response().setStatusCode(422);
    var all = domains.list();
    var shown = all.subList(0, Math.min(SHOWN, all.size()));
    pages.show(
        ctx,
        "moderation/domains.jte",
        new Page(shown, all.size(), imported, form, domains.isShown(), domains.isSharedInRing()));
  }

  private void tell(RoutingContext ctx) {
    var me = Visitor.of(ctx).require(Permission.DOMAINS);
    var form = Form.of(ctx);
    var shown = form.value("shown").equals("yes");
    var shared = form.value("ring").equals("yes");
    db.transact(
        tx -> {
          var told = (shown ? "yes" : "no") + (shared ? ", ring" : "");
          DomainPolicy.show(tx, shown);
          DomainPolicy.share(tx, shared);
          Audit.write(tx, me, "domain.shown", null, told, "");
        });
    Answers.redirect(ctx, "/admin/domains");
  }

  private void export(RoutingContext ctx) {
    Visitor.of(ctx).require(Permission.DOMAINS);
    ctx.response()
        .putHeader("Content-Disposition", "attachment; filename=domain_blocks.csv")
        .putHeader("Cache-Control", "no-store");
    Answers.text(ctx, "text/csv; charset=utf-8", DomainList.write(domains.list()));
  }

  private void put(RoutingContext ctx) {
    var me = Visitor.of(ctx).require(Permission.DOMAINS);
    var form = Form.of(ctx);
    var domain = DomainPolicy.name(form.required("domain", 253));
    var reason = form.upTo("why", 1_000);
    var comment = form.upTo("publicComment", 1_000);
    if (domain == null || !domain.contains(".") || covers(domain))
      form.wrong("domain", "error.domain");
    if (!form.ok() || domain == null) {
      show(ctx, "", form);
      return;
    }
    var limit =
        new DomainLimit(
            domain,
            severity(form.value("severity")),
            form.value("rejectMedia").equals("yes"),
            form.value("rejectReports").equals("yes"),
            comment == null ? "" : comment,
            form.value("obfuscate").equals("yes"),
            reason == null ? "" : reason);
    db.transact(
        tx -> {
          domains.put(tx, List.of(limit));
          var what = domain + " " + limit.severity().word();
          Audit.write(tx, me, "domain.limit", null, what, limit.reason());
        });
    Answers.redirect(ctx, "/admin/domains");
  }

  /** Whether a limit of this domain would be one of ourselves. */
  private boolean covers(String domain) {
    var name = DomainPolicy.name(host);
    return name != null && (name.equals(domain) || name.endsWith("." + domain));
  }

  private static Severity severity(String word) {
    for (var one : Severity.values()) if (one.word().equals(word)) return one;
    return Severity.SILENCE;
  }

  private void end(RoutingContext ctx) {
    var me = Visitor.of(ctx).require(Permission.DOMAINS);
    var domain = Form.of(ctx).value("domain");
    db.transact(
        tx -> {
          if (domains.remove(tx, domain)) Audit.write(tx, me, "domain.end", null, domain, "");
        });
    Answers.redirect(ctx, "/admin/domains");
  }

  private static String file(RoutingContext ctx) {
    var file = Uploads.file(ctx, "file");
    if (file == null) return "";
    try {
      if (Files.size(file) > LONGEST) throw new Problem.TooLarge("The list is too long");
      return Files.readString(file) + "\n";
    } catch (IOException e) {
      throw new Problem.BadRequest("The list is no text");
    }
  }

  private void importList(RoutingContext ctx) {
    var me = Visitor.of(ctx).require(Permission.DOMAINS);
    var typed = ctx.request().getFormAttribute("list");
    var read = DomainList.read(file(ctx) + (typed == null ? "" : typed));
    var wanted = read.limits().stream().filter(one -> !covers(one.domain())).toList();
    db.transact(
        tx -> {
          domains.put(tx, wanted);
          Audit.write(tx, me, "domain.import", null, String.valueOf(wanted.size()), "");
        });
    var view = pages.view(ctx);
    var said = view.t("domains.imported", wanted.size());
    if (!read.wrong().isEmpty())
      said +=
          " "
              + view.t(
                  "domains.wrong",
                  String.join(", ", read.wrong().stream().map(String::valueOf).toList()));
    show(ctx, said, Form.empty());
  }
}
