package org.placette.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Params;
import org.placette.mastodon.Status;
import org.placette.unsent.UnsentStore.Unsent;
import org.placette.web.Form;
import org.placette.web.Problem;

/** Events of apps that are not published yet: drafts, and those that wait for their hour. */
public final class EventDraftApi implements Api.Calls {

  private final EventDrafts drafts;
  private final EventDesk desk;

  public EventDraftApi(EventDrafts drafts, EventDesk desk) {
    this.drafts = drafts;
    this.desk = desk;
  }

  @Override
  public void into(Api api) {
    var read = Access.person("read:statuses");
    var write = Access.person("write:statuses");
    var base = "/api/placette/v1/drafts";
    api.get(base, read, call -> drafts.all(call.viewer()).stream().map(Kept::of).toList());
    api.get(base + "/:id", read, call -> Kept.of(own(call)));
    api.put(base + "/:id", write, this::put);
    api.post(base + "/:id/publish", write, this::publish);
    api.delete(base + "/:id", write, this::remove);
  }

  /**
   * One that is not published.
   *
   * @param scheduledAt when it is published by itself; null for a mere draft
   * @param problem why it could not be published at its hour; null when nothing went wrong
   * @param fields what was said so far, as the form of the web names it
   */
  record Kept(
      String id,
      String savedAt,
      @Nullable String scheduledAt,
      @Nullable String problem,
      Map<String, String> fields) {

    static Kept of(Unsent one) {
      return new Kept(
          String.valueOf(one.id()),
          one.saved().toString(),
          one.due() == null ? null : one.due().toString(),
          one.problem(),
          new TreeMap<>(one.fields()));
    }
  }

  /** Whether a call publishes later, or not yet at all. */
  static boolean waits(Params params) {
    return params.filled("scheduled_at") != null || params.flag("draft", false);
  }

  /** Keeps what a call asks to be published later. */
  static Kept keep(EventDrafts drafts, Actor author, NewEvent wanted, Form form, Params params) {
    return Kept.of(drafts.keep(author, wanted, form, due(params, wanted)));
  }

  private static @Nullable Instant due(Params params, @Nullable NewEvent wanted) {
    var text = params.filled("scheduled_at");
    if (text == null) return null;
    try {
      var at = OffsetDateTime.parse(text).toInstant();
      if (EventDrafts.refusal(at, wanted, Instant.now()) == null) return at;
    } catch (DateTimeException e) {
      // said below
    }
    throw new Problem.Invalid(
        "Validation failed: scheduled_at is to come, and before the event begins",
        Map.of("scheduled_at", "ERR_INVALID"));
  }

  private Unsent own(Call call) {
    var found = drafts.of(call.viewer(), String.valueOf(call.id()));
    if (found == null) throw new Problem.NotFound();
    return found;
  }

  private Kept put(Call call) {
    var draft = own(call);
    var wanted = EventDrafts.wanted(draft);
    if (call.params().filled("scheduled_at") != null && wanted == null)
      throw new Problem.Invalid("Validation failed: it is not whole yet", Map.of());
    drafts.put(draft, due(call.params(), wanted));
    return Kept.of(own(call));
  }

  private Status publish(Call call) {
    return desk.status(call, drafts.publish(desk.person(call), own(call)));
  }

  private Object remove(Call call) {
    drafts.remove(own(call));
    return Api.NOTHING;
  }
}
