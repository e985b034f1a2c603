package org.placette.federation.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;
import org.placette.federation.fetch.FetchProblem.Reason;

/** Says that a call is refused, and why. */
final class Problems {

  private Problems() {}

  static FetchProblem assertRefused(Reason reason, Executable call) {
    var problem = assertThrows(FetchProblem.class, call);
    assertEquals(reason, problem.reason(), problem::getMessage);
    return problem;
  }
}
