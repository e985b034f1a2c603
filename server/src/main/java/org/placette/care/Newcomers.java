package org.placette.care;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.audit.Audit;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.post.Draft;
import org.placette.post.PostGate;
import org.placette.post.Tag;
import org.placette.role.Roles;
import org.placette.web.Limit;
import org.placette.web.Permission;
import org.placette.web.Problem;

/**
 * Those who signed up some days ago write within limits, until their days are over or somebody who
 * moderates says so: few posts an hour, few links, few mentions of people who do not follow them.
 */
public final class Newcomers implements PostGate {

  private static final Pattern LINK = Pattern.compile("<a\\s[^>]*href=\"https?://[^>]*>");
  private static final Pattern NAMED = Pattern.compile("class=\"[^\"]*(mention|hashtag)");

  private final Limit changes = new Limit(20, Duration.ofHours(1));
  private final Db db;

  public Newcomers(Db db) {
    this.db = db;
  }

  @Override
  public void check(Tx tx, Draft draft) {
    var rules = rules(tx, draft);
    if (rules == null) return;
    words(tx, draft, rules);
    if (NewcomerStore.lately(tx, draft.actorId()) >= rules.postsPerHour())
      throw new Problem.TooMany(3_600);
  }

  /** What was harmless when it was published does not become an advertisement afterwards. */
  @Override
  public void checkChange(Tx tx, Draft draft) {
    var rules = rules(tx, draft);
    if (rules == null) return;
    words(tx, draft, rules);
    changes.count(String.valueOf(draft.actorId()));
  }

  /** What holds for the author; null when they are no newcomer. */
  private static @Nullable CareRules rules(Tx tx, Draft draft) {
    if (draft.companionOf() != null || !NewcomerStore.isOne(tx, draft.actorId())) return null;
    var rules = CareRules.of(tx);
    return rules.probationDays() == 0 ? null : rules;
  }

  private static void words(Tx tx, Draft draft, CareRules rules) {
    if (links(draft.words().content()) > rules.links())
      throw refusal("at most " + rules.links() + " links in a post", "error.newLinks");
    var named = draft.tag().stream().filter(Tag::mention).map(Tag::href).distinct().toList();
    if (named.size() > rules.mentions()
        && NewcomerStore.strangers(tx, draft.actorId(), named) > rules.mentions())
      throw refusal(
          "at most " + rules.mentions() + " people who do not follow them", "error.newMentions");
  }

  private static Problem refusal(String what, String key) {
    return new Problem.Invalid(
        "Validation failed: newcomers may have " + what, Map.of("text", key));
  }

  /** How many links to elsewhere; names and hashtags are none. */
  static long links(String html) {
    return LINK.matcher(html).results().filter(a -> !NAMED.matcher(a.group()).find()).count();
  }

  /** Somebody who moderates knows a newcomer: they are one no more. */
  public void trust(long by, long person) {
    db.transact(
        tx -> {
          if (!Roles.may(tx, by, Permission.ADMIT))
            throw new Problem.Forbidden(Roles.refusal(Permission.ADMIT));
          if (NewcomerStore.trust(tx, person)) Audit.write(tx, by, "signup.trust", person, "", "");
        });
  }

  boolean isOne(long person) {
    return NewcomerStore.isOne(db, person);
  }

  /** Those whose days are over are newcomers no more; gives how many. */
  public int trustDue() {
    return NewcomerStore.trustDue(db, CareRules.of(db).probationDays());
  }
}
