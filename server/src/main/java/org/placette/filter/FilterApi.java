package org.placette.filter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Tx;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Params;
import org.placette.web.Problem;

/** Filters (methods/filters, version 2). */
public final class FilterApi implements Api.Calls {

  static final Access READ = Access.person("read:filters");
  static final Access WRITE = Access.person("write:filters");

  private static final Set<String> CONTEXTS =
      Set.of("home", "notifications", "public", "thread", "account");
  private static final Set<String> ACTIONS = Set.of("warn", "hide", "blur");
  private static final int MOST_KEYWORDS = 200;
  private static final int LONGEST = 500;

  private final Db db;
  private final Filters filters;

  public FilterApi(Db db, Filters filters) {
    this.db = db;
    this.filters = filters;
  }

  @Override
  public void into(Api api) {
    api.get("/api/v2/filters", READ, call -> FilterStore.all(db, call.viewer()));
    api.post("/api/v2/filters", WRITE, this::create);
    api.get("/api/v2/filters/:id", READ, this::mine);
    api.put("/api/v2/filters/:id", WRITE, this::change);
    api.delete("/api/v2/filters/:id", WRITE, this::delete);
    api.get("/api/v2/filters/:id/keywords", READ, call -> mine(call).keywords());
    api.post("/api/v2/filters/:id/keywords", WRITE, this::addKeyword);
    api.get("/api/v2/filters/keywords/:id", READ, this::keyword);
    api.put("/api/v2/filters/keywords/:id", WRITE, this::changeKeyword);
    api.delete("/api/v2/filters/keywords/:id", WRITE, this::removeKeyword);
    api.get("/api/v2/filters/:id/statuses", READ, call -> mine(call).statuses());
    api.post("/api/v2/filters/:id/statuses", WRITE, this::addPost);
    api.get("/api/v2/filters/statuses/:id", READ, this::post);
    api.delete("/api/v2/filters/statuses/:id", WRITE, this::removePost);
  }

  private static Filter there(@Nullable Filter filter) {
    if (filter == null) throw new Problem.NotFound();
    return filter;
  }

  private Filter mine(Call call) {
    return there(FilterStore.one(db, call.viewer(), call.id()));
  }

  private void write(Call call, Consumer<Tx> work) {
    db.transact(work);
    filters.changed(call.viewer());
  }

  private Filter create(Call call) {
    var params = call.params();
    var title = words("title", params.required("title"));
    var context = context(params, List.of());
    if (context.isEmpty())
      throw new Problem.Invalid(
          "Validation failed: Context can't be blank", Map.of("context", "ERR_BLANK"));
    var action = action(params, "warn");
    var expires = expires(params, null);
    var id = Ids.next();
    write(
        call,
        tx -> {
          FilterStore.put(tx, call.viewer(), id, title, context, action, expires);
          keywords(tx, id, params);
        });
    return there(FilterStore.one(db, call.viewer(), id));
  }

  private Filter change(Call call) {
    var before = mine(call);
    var params = call.params();
    var title = params.filled("title");
    var context = context(params, before.context());
    var action = action(params, before.filterAction());
    var expires = expires(params, before.expiresAt());
    write(
        call,
        tx -> {
          FilterStore.put(
              tx,
              call.viewer(),
              call.id(),
              title == null ? before.title() : words("title", title),
              context,
              action,
              expires);
          keywords(tx, call.id(), params);
        });
    return mine(call);
  }

  /** Keywords that come with their filter: new ones, changed ones, and those to be removed. */
  private static void keywords(Tx tx, long filter, Params params) {
    for (var row : params.rows("keywords_attributes").stream().limit(MOST_KEYWORDS).toList()) {
      var id = row.number("id");
      var keyword = row.filled("keyword");
      if (id != null && row.flag("_destroy", false)) FilterStore.removeKeyword(tx, filter, id);
      else if (id != null)
        FilterStore.changeKeyword(
            tx,
            filter,
            id,
            keyword == null ? null : words("keyword", keyword),
            row.flag("whole_word"));
      else if (keyword != null)
        FilterStore.addKeyword(
            tx, filter, words("keyword", keyword), row.flag("whole_word", false));
    }
  }

  private Object delete(Call call) {
    var unused = mine(call);
    write(call, tx -> FilterStore.delete(tx, call.viewer(), call.id()));
    return Api.NOTHING;
  }

  private Filter.Keyword addKeyword(Call call) {
    var filter = mine(call);
    if (filter.keywords().size() >= MOST_KEYWORDS)
      throw new Problem.Invalid("Validation failed: there are too many keywords", Map.of());
    var keyword = words("keyword", call.params().required("keyword"));
    var whole = call.params().flag("whole_word", true);
    var id = FilterStore.addKeyword(db, call.id(), keyword, whole);
    filters.changed(call.viewer());
    return new Filter.Keyword(String.valueOf(id), keyword, whole);
  }

  private Filter ofKeyword(Call call) {
    return there(FilterStore.ofKeyword(db, call.viewer(), call.id()));
  }

  private Filter.Keyword keyword(Call call) {
    var id = String.valueOf(call.id());
    return ofKeyword(call).keywords().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow(Problem.NotFound::new);
  }

  private Filter.Keyword changeKeyword(Call call) {
    var filter = ofKeyword(call);
    var keyword = call.params().filled("keyword");
    write(
        call,
        tx ->
            FilterStore.changeKeyword(
                tx,
                Long.parseLong(filter.id()),
                call.id(),
                keyword == null ? null : words("keyword", keyword),
                call.params().flag("whole_word")));
    return keyword(call);
  }

  private Object removeKeyword(Call call) {
    var filter = ofKeyword(call);
    write(call, tx -> FilterStore.removeKeyword(tx, Long.parseLong(filter.id()), call.id()));
    return Api.NOTHING;
  }

  private Filter.Post addPost(Call call) {
    var unused = mine(call);
    var post = call.params().id("status_id");
    var id = FilterStore.addPost(db, call.id(), post);
    filters.changed(call.viewer());
    var text = String.valueOf(post);
    return mine(call).statuses().stream()
        .filter(one -> id == 0 ? one.statusId().equals(text) : one.id().equals("" + id))
        .findFirst()
        .orElseThrow(Problem.NotFound::new);
  }

  private Filter.Post post(Call call) {
    var id = String.valueOf(call.id());
    return there(FilterStore.ofPost(db, call.viewer(), call.id())).statuses().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow(Problem.NotFound::new);
  }

  private Object removePost(Call call) {
    var filter = there(FilterStore.ofPost(db, call.viewer(), call.id()));
    write(call, tx -> FilterStore.removePost(tx, Long.parseLong(filter.id()), call.id()));
    return Api.NOTHING;
  }

  static String words(String name, String text) {
    if (text.length() > LONGEST)
      throw new Problem.Invalid(
          "Validation failed: " + name + " is too long", Map.of(name, "ERR_TOO_LONG"));
    return text;
  }

  static List<String> context(Params params, List<String> otherwise) {
    var given = params.list("context");
    if (given.isEmpty()) return otherwise;
    if (!CONTEXTS.containsAll(given))
      throw new Problem.Invalid(
          "Validation failed: Context None or invalid context supplied",
          Map.of("context", "ERR_INVALID"));
    return given.stream().distinct().toList();
  }

  private static String action(Params params, String otherwise) {
    var action = params.filled("filter_action");
    if (action == null) return otherwise;
    if (!ACTIONS.contains(action))
      throw new Problem.Invalid(
          "'" + action + "' is not a valid filter_action",
          Map.of("filter_action", "ERR_INCLUSION"));
    return action;
  }

  /** Seconds from now; sent empty, it does not end any more. */
  static @Nullable Instant expires(Params params, @Nullable Instant otherwise) {
    if (!params.has("expires_in")) return otherwise;
    var seconds = params.number("expires_in");
    return seconds == null || seconds <= 0
        ? null
        : Instant.now().plusSeconds(Math.min(Objects.requireNonNull(seconds), 3_000_000_000L));
  }
}
