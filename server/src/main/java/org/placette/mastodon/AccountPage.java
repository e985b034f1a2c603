package org.placette.mastodon;

import java.util.List;
import java.util.function.Function;

/**
 * A page of accounts whose cursors are ids of something else: a follow, a block, a place in a list.
 */
public final class AccountPage {

  private AccountPage() {}

  /**
   * One entry.
   *
   * @param cursor for the Link header
   * @param actorId whose account is shown
   */
  public record Entry(long cursor, long actorId) {}

  /**
   * The accounts of a page, with its Link header set.
   *
   * @param read gives at most the asked number of entries, in the paging's direction
   */
  public static List<Account> answer(
      Call call, Accounts accounts, Function<Paging, List<Entry>> read) {
    var paging = call.accounts();
    var entries = paging.newestFirst(read.apply(paging));
    call.link(entries, Entry::cursor);
    return accounts.byIds(entries.stream().map(Entry::actorId).toList());
  }
}
