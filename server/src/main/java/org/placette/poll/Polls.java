package org.placette.poll;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Tx;
import org.placette.notification.NotificationStore;
import org.placette.outbox.Outbox;
import org.placette.outbox.Targets;
import org.placette.post.Ballots;
import org.placette.post.Poll;
import org.placette.post.Post;
import org.placette.post.PostStore;
import org.placette.post.Posts;
import org.placette.web.Problem;

/** Voting, here and elsewhere, and the end of polls. */
public final class Polls implements Ballots {

  /** How long new totals may wait to be told, so that a busy poll tells them once for many. */
  private static final Duration TOTALS = Duration.ofMinutes(2);

  /** The end of a poll elsewhere is told when its last totals have come. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Whose polls are no mere polls: the answers to an event. Main hands it in. */
  public interface Answers {

    /** Every poll is a mere poll. */
    Answers NONE = (tx, voter, poll, choices) -> false;

    /**
     * Takes a vote as what it means there; it may be changed by another.
     *
     * @param choices the positions of the options; a vote from elsewhere names one at a time
     * @return false when the poll is a mere poll
     */
    boolean take(Tx tx, Actor voter, Post poll, List<Integer> choices);
  }

  private final Db db;
  private final Actors actors;
  private final Posts posts;
  private final Outbox outbox;
  private final Targets targets;
  private volatile Answers answers = Answers.NONE;

  public Polls(Db db, Actors actors, Posts posts, Outbox outbox, Targets targets) {
    this.db = db;
    this.actors = actors;
    this.posts = posts;
    this.outbox = outbox;
    this.targets = targets;
  }

  /** Why its tables exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return PollStore.retention();
  }

  @Override
  public void opened(Tx tx, long post, Poll poll) {
    PollStore.end(tx, post, poll.endTime());
  }

  @Override
  public void changed(Tx tx, long post, @Nullable Poll before, Poll now) {
    PollStore.asked(tx, post, before, now);
  }

  @Override
  public void closedElsewhere(Tx tx, long post) {
    PollStore.endVoted(tx, post);
  }

  /** Says who else takes votes that are answers to something; asked after those before. */
  public void answers(Answers given) {
    var before = answers;
    answers =
        (tx, voter, poll, choices) ->
            before.take(tx, voter, poll, choices) || given.take(tx, voter, poll, choices);
  }

  /**
   * A resident votes.
   *
   * @throws Problem.Invalid when the poll has ended, there is no such option, or they voted already
   */
  void vote(Actor voter, Post asked, List<Integer> choices) {
    vote(voter, asked, choices, false);
  }

  /**
   * The same through an app, where nobody answers a plain question of their own, as everywhere in
   * apps.
   *
   * @throws Problem.Invalid also for the author of such a poll
   */
  void voteInApp(Actor voter, Post asked, List<Integer> choices) {
    vote(voter, asked, choices, true);
  }

  private void vote(Actor voter, Post asked, List<Integer> choices, boolean inApp) {
    var wanted = choices.stream().distinct().toList();
    db.transact(
        tx -> {
          var post = PostStore.lock(tx, asked.id());
          var poll = post == null ? null : post.poll();
          // An event asks by itself.
          if (post != null && poll == null && answers.take(tx, voter, post, wanted)) return;
          if (post == null || poll == null) throw new Problem.NotFound();
          check(poll, wanted);
          if (answers.take(tx, voter, post, wanted)) return;
          if (inApp && post.actorId() == voter.id() && poll.ballot() == null)
            throw invalid("You cannot vote in your own polls");
          if (!PollStore.choices(tx, post.id(), voter.id()).isEmpty())
            throw invalid("You have already voted on this poll");
          count(tx, voter, post, poll, wanted);
        });
  }

  private void count(Tx tx, Actor voter, Post post, Poll poll, List<Integer> choices) {
    var uris = choices.stream().map(c -> voter.uri() + "#votes/" + Ids.next()).toList();
    if (!PollStore.vote(tx, post.id(), voter.id(), choices, uris)) return;
    var author = Objects.requireNonNull(actors.byId(tx, post.actorId()));
    if (author.local()) {
      PollStore.totals(tx, post.id(), Instant.now().plus(TOTALS));
      return;
    }
    var end = poll.endTime();
    if (end != null) PollStore.end(tx, post.id(), end.plus(PATIENCE));
    for (int i = 0; i < choices.size(); i++) {
      var name = poll.options().get(choices.get(i)).name();
      var create = ballot(voter, author, uris.get(i), name, post.uri());
      var unused = outbox.send(tx, voter, create, targets.personal(tx, List.of(author)));
    }
  }

  /** A vote as everybody understands it: a Note with the option's name and no text. */
  private static ObjectNode ballot(
      Actor voter, Actor author, String uri, String option, String poll) {
    var note = JsonNodeFactory.instance.objectNode();
    note.put("id", uri).put("type", "Note").put("name", option);
    note.put("attributedTo", voter.uri()).put("inReplyTo", poll);
    note.putArray("to").add(author.uri());
    var create = JsonNodeFactory.instance.objectNode();
    create.put("@context", "https://www.w3.org/ns/activitystreams");
    create.put("id", uri + "/activity").put("type", "Create").put("actor", voter.uri());
    create.putArray("to").add(author.uri());
    create.set("object", note);
    return create;
  }

  private static void check(Poll poll, List<Integer> choices) {
    if (poll.over(Instant.now())) throw invalid("The poll has already ended");
    if (choices.isEmpty()) throw invalid("Choices can't be blank");
    if (choices.stream().anyMatch(c -> c < 0 || c >= poll.options().size()))
      throw invalid("The chosen vote option does not exist");
    if (choices.size() > 1 && !poll.multiple()) throw invalid("Only one option can be chosen");
  }

  private static Problem.Invalid invalid(String message) {
    return new Problem.Invalid("Validation failed: " + message, Map.of("choices", "ERR_INVALID"));
  }

  /**
   * Somebody elsewhere votes in a poll of ours. A vote that comes too late, comes again or names no
   * option has no effect.
   */
  void receive(Tx tx, Actor voter, long asked, String option, String uri, Instant at) {
    var post = PostStore.lock(tx, asked);
    var poll = post == null ? null : post.poll();
    if (post == null || poll == null || poll.over(at)) return;
    var choice = position(poll, option);
    if (choice < 0 || answers.take(tx, voter, post, List.of(choice))) return;
    if (!poll.multiple() && !PollStore.choices(tx, post.id(), voter.id()).isEmpty()) return;
    if (PollStore.vote(tx, post.id(), voter.id(), List.of(choice), List.of(uri)))
      PollStore.totals(tx, post.id(), at.plus(TOTALS));
  }

  /**
   * Writes the totals of a poll whose votes are kept elsewhere; whoever knows them tells them.
   *
   * @param votes of the options in their order
   */
  public void recount(Tx tx, Post poll, List<Integer> votes) {
    PollStore.recount(tx, poll.id(), votes, votes.stream().mapToInt(n -> n).sum());
  }

  /** A poll whose row nobody else changes until the transaction ends; null when it is gone. */
  public @Nullable Post locked(Tx tx, long poll) {
    return PostStore.lock(tx, poll);
  }

  /**
   * Writes what somebody chose in a poll whose answers are kept elsewhere, instead of what they
   * chose before; nothing is counted. The poll must be locked.
   */
  public void chose(Tx tx, Post poll, Actor voter, List<Integer> choices) {
    PollStore.forget(tx, poll.id(), voter.id());
    var uris = choices.stream().map(c -> voter.uri() + "#votes/" + Ids.next()).toList();
    if (!choices.isEmpty()) PollStore.put(tx, poll.id(), voter.id(), choices, uris);
  }

  /**
   * Writes the totals of such a poll, which are told to everybody elsewhere within minutes.
   *
   * @param votes of the options in their order
   * @param voters how many people chose anything
   */
  public void counted(Tx tx, Post poll, List<Integer> votes, int voters) {
    PollStore.recount(tx, poll.id(), votes, voters);
    PollStore.totals(tx, poll.id(), Instant.now().plus(TOTALS));
  }

  /** Ends a poll of ours before its time; everybody is told soon. */
  public void close(Tx tx, Post poll) {
    PollStore.close(tx, poll.id(), Instant.now());
    PollStore.end(tx, poll.id(), Instant.now());
  }

  private static int position(Poll poll, String option) {
    for (int i = 0; i < poll.options().size(); i++)
      if (poll.options().get(i).name().equals(option)) return i;
    return -1;
  }

  /**
   * Tells totals and ends that are due; in one transaction each time, so that nothing is told twice
   * or left out.
   *
   * @return how many there were
   */
  public int tellDue() {
    return db.inTransaction(
        tx -> {
          var tasks = PollStore.take(tx);
          for (var task : tasks) tell(tx, task);
          return tasks.size();
        });
  }

  private void tell(Tx tx, PollStore.Task task) {
    var post = PostStore.lock(tx, task.post());
    if (post == null || post.poll() == null) return;
    var author = actors.byId(tx, post.actorId());
    if (author == null) return;
    if (task.end()) end(tx, post, author);
    if (!author.local() || post.companionOf() != null) return;
    var now = PostStore.byId(tx, post.id());
    if (now != null) posts.tellChange(tx, author, now, voters(tx, post));
  }

  private void end(Tx tx, Post post, Actor author) {
    var poll = post.poll();
    if (author.local() && poll != null && poll.closed() == null)
      PollStore.close(tx, post.id(), poll.endTime() == null ? Instant.now() : poll.endTime());
    NotificationStore.pollEnded(tx, post.id());
  }

  /** Those elsewhere who voted are told too, whether they follow or not. */
  private List<Actor> voters(Tx tx, Post post) {
    List<Actor> found = new ArrayList<>();
    for (var id : PollStore.voters(tx, post.id())) {
      var voter = actors.byId(tx, id);
      if (voter != null && !voter.local()) found.add(voter);
    }
    return found;
  }
}
