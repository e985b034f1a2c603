package org.placette.filter;

import java.util.List;
import java.util.Map;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.web.Problem;

/** Filters as older apps know them: each keyword is one (methods/filters, version 1). */
public final class OldFilterApi implements Api.Calls {

  private final Db db;
  private final Filters filters;

  public OldFilterApi(Db db, Filters filters) {
    this.db = db;
    this.filters = filters;
  }

  @Override
  public void into(Api api) {
    api.get("/api/v1/filters", FilterApi.READ, this::all);
    api.post("/api/v1/filters", FilterApi.WRITE, this::create);
    api.get("/api/v1/filters/:id", FilterApi.READ, call -> one(call, call.id()));
    api.put("/api/v1/filters/:id", FilterApi.WRITE, this::change);
    api.delete("/api/v1/filters/:id", FilterApi.WRITE, this::delete);
  }

  private List<Filter.Old> all(Call call) {
    return FilterStore.all(db, call.viewer()).stream()
        .flatMap(filter -> filter.keywords().stream().map(word -> old(filter, word)))
        .toList();
  }

  private static Filter.Old old(Filter filter, Filter.Keyword word) {
    return new Filter.Old(
        word.id(),
        word.keyword(),
        filter.context(),
        word.wholeWord(),
        filter.expiresAt(),
        filter.filterAction().equals("hide"));
  }

  private Filter of(Call call) {
    var filter = FilterStore.ofKeyword(db, call.viewer(), call.id());
    if (filter == null) throw new Problem.NotFound();
    return filter;
  }

  private Filter.Old one(Call call, long keyword) {
    var filter = FilterStore.ofKeyword(db, call.viewer(), keyword);
    if (filter == null) throw new Problem.NotFound();
    for (var word : filter.keywords())
      if (word.id().equals(String.valueOf(keyword))) return old(filter, word);
    throw new Problem.NotFound();
  }

  private Filter.Old create(Call call) {
    var params = call.params();
    var phrase = FilterApi.words("phrase", params.required("phrase"));
    var context = FilterApi.context(params, List.of());
    if (context.isEmpty())
      throw new Problem.Invalid(
          "Validation failed: Context can't be blank", Map.of("context", "ERR_BLANK"));
    var action = params.flag("irreversible", false) ? "hide" : "warn";
    var expires = FilterApi.expires(params, null);
    var whole = params.flag("whole_word", false);
    long id =
        db.inTransaction(
            tx -> {
              var filter = Ids.next();
              FilterStore.put(tx, call.viewer(), filter, phrase, context, action, expires);
              return FilterStore.addKeyword(tx, filter, phrase, whole);
            });
    filters.changed(call.viewer());
    return one(call, id);
  }

  private Filter.Old change(Call call) {
    var filter = of(call);
    var params = call.params();
    var phrase = params.filled("phrase");
    var hide = params.flag("irreversible", filter.filterAction().equals("hide"));
    var context = FilterApi.context(params, filter.context());
    var expires = FilterApi.expires(params, filter.expiresAt());
    var id = Long.parseLong(filter.id());
    db.transact(
        tx -> {
          FilterStore.put(
              tx, call.viewer(), id, filter.title(), context, hide ? "hide" : "warn", expires);
          FilterStore.changeKeyword(
              tx,
              id,
              call.id(),
              phrase == null ? null : FilterApi.words("phrase", phrase),
              params.flag("whole_word"));
        });
    filters.changed(call.viewer());
    return one(call, call.id());
  }

  /** The last keyword takes its filter along. */
  private Object delete(Call call) {
    var filter = of(call);
    var id = Long.parseLong(filter.id());
    if (filter.keywords().size() == 1 && filter.statuses().isEmpty())
      FilterStore.delete(db, call.viewer(), id);
    else FilterStore.removeKeyword(db, id, call.id());
    filters.changed(call.viewer());
    return Api.NOTHING;
  }
}
