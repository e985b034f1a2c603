package org.placette.poll;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.post.Desk;
import org.placette.web.Problem;

/** Seeing and answering polls (methods/polls); a poll has the number of its status. */
public final class PollApi implements Api.Calls {

  private final Desk desk;
  private final Polls polls;

  public PollApi(Desk desk, Polls polls) {
    this.desk = desk;
    this.polls = polls;
  }

  @Override
  public void into(Api api) {
    api.get("/api/v1/polls/:id", Access.open("read:statuses"), this::show);
    api.post("/api/v1/polls/:id/votes", Access.person("write:statuses"), this::vote);
  }

  private Object show(Call call) {
    var poll = desk.status(call, desk.post(call).id()).poll();
    if (poll == null) throw new Problem.NotFound();
    return poll;
  }

  private Object vote(Call call) {
    var voter = desk.person(call);
    var post = desk.post(call);
    if (post.poll() == null && !post.type().equals("Event")) throw new Problem.NotFound();
    polls.voteInApp(voter, post, choices(call));
    return show(call);
  }

  private static List<Integer> choices(Call call) {
    List<Integer> choices = new ArrayList<>();
    for (var choice : call.params().list("choices")) {
      try {
        choices.add(Integer.valueOf(choice.strip()));
      } catch (NumberFormatException e) {
        throw new Problem.Invalid(
            "Validation failed: A choice is a number", Map.of("choices", "ERR_INVALID"));
      }
    }
    return choices;
  }
}
