package org.placette.emoji;

import org.placette.mastodon.Access;
import org.placette.mastodon.Account;
import org.placette.mastodon.Api;

/** The custom emoji that apps offer. */
public final class EmojiApi implements Api.Calls {

  private final Emojis emojis;

  public EmojiApi(Emojis emojis) {
    this.emojis = emojis;
  }

  @Override
  public void into(Api api) {
    api.get(
        "/api/v1/custom_emojis",
        Access.OPEN,
        call ->
            emojis.all().stream()
                .map(it -> new Account.Emoji(it.code(), it.url(), it.still(), true))
                .toList());
  }
}
