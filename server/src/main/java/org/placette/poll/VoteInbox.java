package org.placette.poll;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.inbox.ActivityHandler;
import org.placette.inbox.Effect;
import org.placette.inbox.Received;
import org.placette.inbox.Refused;
import org.placette.post.PostReader;
import org.placette.post.PostStore;

/** Votes of others in polls of ours: Create of a Note with a name and no text. */
public final class VoteInbox implements ActivityHandler {

  private final Db db;
  private final Polls polls;

  public VoteInbox(Db db, Polls polls) {
    this.db = db;
    this.polls = polls;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(new Kind("Create", "Note"), new Kind("Create", "Answer"));
  }

  @Override
  public @Nullable Effect verify(Received received) {
    var note = received.object();
    if (!PostReader.isVote(note)) return null;
    var actor = received.actor();
    var authors = note.refs("attributedTo");
    if (!authors.isEmpty() && !authors.contains(actor.uri())) throw new Refused("not-the-author");
    var asked = note.ref("inReplyTo");
    var option = note.text("name");
    var poll = asked == null ? null : PostStore.byUri(db, asked);
    // A poll elsewhere is counted elsewhere.
    if (poll == null || option == null || poll.poll() == null) return Effect.NONE;
    var id = PostReader.web(note.id());
    var uri = id != null ? id : actor.uri() + "#vote-" + poll.id() + "-" + option;
    return tx -> polls.receive(tx, actor, poll.id(), option, uri, received.at());
  }
}
