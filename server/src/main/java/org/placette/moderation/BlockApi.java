package org.placette.moderation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.follow.Standing;
import org.placette.mastodon.Access;
import org.placette.mastodon.Account;
import org.placette.mastodon.AccountPage;
import org.placette.mastodon.Accounts;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Relationship;
import org.placette.moderation.MuteStore.Host;
import org.placette.moderation.MuteStore.Muted;
import org.placette.moderation.MuteStore.MutedAccount;
import org.placette.web.Problem;

/**
 * What a resident wants nothing from: blocks, mutes, whole servers (methods/accounts,
 * methods/blocks, methods/mutes, methods/domain_blocks).
 */
public final class BlockApi implements Api.Calls {

  private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}.-]{1,250}(:\\d{1,5})?");

  private final Db db;
  private final Actors actors;
  private final Accounts accounts;
  private final Blocks blocks;
  private final Standing standing;

  public BlockApi(Db db, Actors actors, Accounts accounts, Blocks blocks) {
    this.db = db;
    this.actors = actors;
    this.accounts = accounts;
    this.blocks = blocks;
    standing = new Standing(db, actors);
  }

  @Override
  public void into(Api api) {
    var block = Access.person("write:blocks");
    var mute = Access.person("write:mutes");
    api.post("/api/v1/accounts/:id/block", block, this::block);
    api.post("/api/v1/accounts/:id/unblock", block, this::unblock);
    api.post("/api/v1/accounts/:id/mute", mute, this::mute);
    api.post("/api/v1/accounts/:id/unmute", mute, this::unmute);
    api.get("/api/v1/blocks", Access.person("read:blocks"), this::blocked);
    api.get("/api/v1/mutes", Access.person("read:mutes"), this::muted);
    api.get("/api/v1/domain_blocks", Access.person("read:blocks"), this::hosts);
    api.post("/api/v1/domain_blocks", block, this::blockHost);
    api.delete("/api/v1/domain_blocks", block, this::unblockHost);
  }

  private static void notOneself(Call call) {
    if (call.id() == call.viewer()) throw new Problem.Forbidden("This action is not allowed");
  }

  private Actor other(Call call) {
    notOneself(call);
    return standing.other(call);
  }

  private Relationship block(Call call) {
    notOneself(call);
    return standing.change(call, blocks::block);
  }

  private Relationship unblock(Call call) {
    notOneself(call);
    return standing.change(call, blocks::unblock);
  }

  private Relationship mute(Call call) {
    var target = other(call);
    var seconds = call.params().number("duration");
    var expires =
        seconds == null || seconds <= 0
            ? null
            : Instant.now().plusSeconds(Math.min(seconds, 3_000_000_000L));
    var notifications = call.params().flag("notifications", true);
    MuteStore.mute(db, call.viewer(), target.id(), notifications, expires);
    return standing.now(call);
  }

  private Relationship unmute(Call call) {
    var target = other(call);
    MuteStore.unmute(db, call.viewer(), target.id());
    return standing.now(call);
  }

  private List<Account> blocked(Call call) {
    return AccountPage.answer(call, accounts, page -> MuteStore.blocks(db, call.viewer(), page));
  }

  private List<MutedAccount> muted(Call call) {
    var paging = call.accounts();
    var page = paging.newestFirst(MuteStore.mutes(db, call.viewer(), paging));
    call.link(page, Muted::cursor);
    List<MutedAccount> all = new ArrayList<>();
    for (var account : accounts.byIds(page.stream().map(Muted::actorId).toList())) {
      for (var one : page)
        if (account.id().equals(String.valueOf(one.actorId())))
          all.add(new MutedAccount(account, one.expires()));
    }
    return all;
  }

  private List<String> hosts(Call call) {
    var paging = call.paging(100, 200);
    var page = paging.newestFirst(MuteStore.hosts(db, call.viewer(), paging));
    call.link(page, Host::cursor);
    return page.stream().map(Host::host).toList();
  }

  private String host(Call call) {
    var host = call.params().required("domain").toLowerCase(Locale.ROOT);
    if (!HOST.matcher(host).matches() || host.equals(actors.urls().host()))
      throw new Problem.Invalid(
          "Validation failed: Domain is not a valid domain name",
          java.util.Map.of("domain", "ERR_INVALID"));
    return host;
  }

  /** Nothing of that host is shown any more, and every follow with its people ends. */
  private Object blockHost(Call call) {
    var host = host(call);
    var me = standing.me(call);
    db.transact(tx -> blocks.hide(tx, me, host));
    return Api.NOTHING;
  }

  private Object unblockHost(Call call) {
    MuteStore.unmuteHost(db, call.viewer(), host(call));
    return Api.NOTHING;
  }
}
