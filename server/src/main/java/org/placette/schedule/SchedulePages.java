package org.placette.schedule;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.placette.unsent.Due;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** What an app has timed, changed and given up in the browser. */
public final class SchedulePages implements Routes {

  private static final String LIST = "/drafts";
  private static final int LONGEST = 5_000;
  private static final int LONGEST_WARNING = 200;

  private final Schedule schedule;
  private final Pages pages;

  public SchedulePages(Schedule schedule, Pages pages) {
    this.schedule = schedule;
    this.pages = pages;
  }

  /**
   * The form.
   *
   * @param needsText whether there is nothing else to publish
   * @param files how many are attached
   * @param options of its poll; empty when it has none
   */
  public record Page(Form form, long id, boolean needsText, int files, List<String> options) {

    public String action() {
      return LIST + "/timed/" + id;
    }
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, LIST + "/timed/:id", this::ask);
    router.post(LIST + "/timed/:id").handler(this::change);
    router.post(LIST + "/timed/:id/delete").handler(this::remove);
  }

  private void ask(RoutingContext ctx) {
    var row = own(ctx);
    var at = row.due().atZone(pages.view(ctx).place().zone());
    Map<String, String> fields = new HashMap<>();
    fields.put("text", row.wanted().text());
    fields.put("publishDate", at.toLocalDate().toString());
    fields.put("publishTime", at.toLocalTime().withSecond(0).withNano(0).toString());
    show(ctx, Form.filled(fields).with("warning", row.wanted().spoilerText()), row);
  }

  private void show(RoutingContext ctx, Form form, ScheduleStore.Row row) {
    if (!form.ok()) ctx.response().setStatusCode(422);
    var wanted = row.wanted();
    var poll = wanted.poll();
    var files = wanted.mediaIds().size();
    var options = poll == null ? List.<String>of() : poll.options();
    var page = new Page(form, row.id(), files == 0 && poll == null, files, options);
    pages.show(ctx, "schedule/timed.jte", page);
  }

  private void change(RoutingContext ctx) {
    var row = own(ctx);
    var form = Form.of(ctx);
    var view = pages.view(ctx);
    var bare = row.wanted().mediaIds().isEmpty() && row.wanted().poll() == null;
    var text = bare ? form.required("text", LONGEST) : form.upTo("text", LONGEST);
    var warning = form.upTo("warning", LONGEST_WARNING);
    var due = Due.read(form, view.place().zone(), view.now());
    if (due == null && form.ok()) form.wrong("publishDate", "error.publishTime");
    if (!form.ok() || due == null) {
      show(ctx, form, row);
      return;
    }
    var wanted = row.wanted().saying(text == null ? "" : text, warning);
    if (!schedule.change(row.actorId(), row.id(), due, wanted)) throw new Problem.NotFound();
    Answers.redirect(ctx, LIST);
  }

  private void remove(RoutingContext ctx) {
    var row = own(ctx);
    schedule.remove(row.actorId(), row.id());
    Answers.redirect(ctx, LIST);
  }

  private ScheduleStore.Row own(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    var id = ctx.pathParam("id");
    var row = id.matches("[0-9]{1,18}") ? schedule.own(me, Long.parseLong(id)) : null;
    if (row == null) throw new Problem.NotFound();
    return row;
  }
}
