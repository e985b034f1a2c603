package org.placette.follow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.placette.db.Db;
import org.placette.mastodon.Access;
import org.placette.mastodon.Account;
import org.placette.mastodon.AccountPage;
import org.placette.mastodon.Accounts;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Paging;
import org.placette.mastodon.Relationship;
import org.placette.mastodon.RelationshipStore;
import org.placette.web.Problem;

/**
 * Getting to know people: notes, endorsements, whom one's friends know, suggestions, the directory
 * (methods/accounts, methods/endorsements, methods/suggestions, methods/directory).
 */
public final class PeopleApi implements Api.Calls {

  private static final int LONGEST_NOTE = 2_000;
  private static final int MOST_ASKED = 40;

  private final Db db;
  private final Accounts accounts;

  public PeopleApi(Db db, Accounts accounts) {
    this.db = db;
    this.accounts = accounts;
  }

  /** Whom one knows of somebody's followers (entities/FamiliarFollowers). */
  record Familiar(String id, List<Account> accounts) {}

  /** Somebody suggested (entities/Suggestion). */
  record Suggestion(String source, List<String> sources, Account account) {}

  @Override
  public void into(Api api) {
    var write = Access.person("write:accounts");
    api.post("/api/v1/accounts/:id/note", write, this::note);
    api.post("/api/v1/accounts/:id/pin", write, this::endorse);
    api.post("/api/v1/accounts/:id/endorse", write, this::endorse);
    api.post("/api/v1/accounts/:id/unpin", write, this::unendorse);
    api.post("/api/v1/accounts/:id/unendorse", write, this::unendorse);
    api.get("/api/v1/endorsements", Access.person("read:accounts"), c -> endorsed(c, c.viewer()));
    api.get(
        "/api/v1/accounts/:id/endorsements",
        Access.open("read:accounts"),
        c -> endorsed(c, c.id()));
    api.get("/api/v1/accounts/familiar_followers", Access.person("read:follows"), this::familiar);
    api.get("/api/v2/suggestions", Access.person("read"), this::suggestions);
    api.get(
        "/api/v1/suggestions",
        Access.person("read"),
        call -> suggestions(call).stream().map(Suggestion::account).toList());
    api.delete("/api/v1/suggestions/:id", Access.person("read"), this::dismiss);
    api.get("/api/v1/directory", Access.OPEN, this::directory);
  }

  private Relationship note(Call call) {
    var unused = RelationshipStore.one(db, call.viewer(), call.id());
    var note = call.params().text("comment");
    if (note != null && note.length() > LONGEST_NOTE)
      throw new Problem.Invalid(
          "Validation failed: Comment is too long", Map.of("comment", "ERR_TOO_LONG"));
    FollowPageStore.note(db, call.viewer(), call.id(), note == null ? "" : note);
    return RelationshipStore.one(db, call.viewer(), call.id());
  }

  private Relationship endorse(Call call) {
    if (!RelationshipStore.one(db, call.viewer(), call.id()).following())
      throw new Problem.Invalid(
          "Validation failed: You must be already following the person", Map.of());
    FollowPageStore.endorse(db, call.viewer(), call.id());
    return RelationshipStore.one(db, call.viewer(), call.id());
  }

  private Relationship unendorse(Call call) {
    FollowPageStore.unendorse(db, call.viewer(), call.id());
    return RelationshipStore.one(db, call.viewer(), call.id());
  }

  private List<Account> endorsed(Call call, long by) {
    return AccountPage.answer(call, accounts, page -> FollowPageStore.endorsements(db, by, page));
  }

  private List<Familiar> familiar(Call call) {
    var ids = call.params().ids("id");
    ids = ids.subList(0, Math.min(MOST_ASKED, ids.size()));
    var found = FollowPageStore.familiar(db, call.viewer(), ids);
    Map<String, Account> known = new HashMap<>();
    var people = new HashSet<Long>();
    for (var one : found) people.add(one.actorId());
    for (var account : accounts.byIds(people)) known.put(account.id(), account);
    List<Familiar> all = new ArrayList<>();
    for (var id : ids) {
      List<Account> theirs = new ArrayList<>();
      for (var one : found) {
        var account = known.get(String.valueOf(one.actorId()));
        if (one.of() == id && account != null) theirs.add(account);
      }
      all.add(new Familiar(String.valueOf(id), theirs));
    }
    return all;
  }

  private List<Suggestion> suggestions(Call call) {
    var limit = call.accounts().limit();
    var found = FollowPageStore.suggested(db, call.viewer(), limit);
    Map<String, Boolean> why = new HashMap<>();
    for (var one : found) why.put(String.valueOf(one.id()), one.known());
    return accounts.byIds(found.stream().map(FollowPageStore.Suggested::id).toList()).stream()
        .map(a -> suggestion(a, Boolean.TRUE.equals(why.get(a.id()))))
        .toList();
  }

  private static Suggestion suggestion(Account account, boolean known) {
    return known
        ? new Suggestion("past_interactions", List.of("friends_of_friends"), account)
        : new Suggestion("staff", List.of("featured"), account);
  }

  private Object dismiss(Call call) {
    FollowPageStore.dismissSuggestion(db, call.viewer(), call.id());
    return Api.NOTHING;
  }

  private List<Account> directory(Call call) {
    var params = call.params();
    var skip = params.number("offset");
    Paging paging = call.accounts();
    return accounts.byIds(
        FollowPageStore.directory(
            db,
            call.viewer(),
            params.flag("local", false),
            "new".equals(params.filled("order")),
            skip == null ? 0 : (int) Math.clamp(skip, 0, 10_000),
            paging.limit()));
  }
}
