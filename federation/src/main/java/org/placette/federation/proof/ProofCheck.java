package org.placette.federation.proof;

import org.jspecify.annotations.Nullable;

/**
 * What became of a proof.
 *
 * @param outcome {@link Outcome#VALID} or the reason of the refusal
 * @param verificationMethod id of the key that the proof names; null when it names none
 */
public record ProofCheck(Outcome outcome, @Nullable String verificationMethod) {
  /** The names go to the log and the counters. */
  public enum Outcome {
    VALID,
    NO_PROOF,
    UNSUPPORTED_PROOF,
    MALFORMED_PROOF,
    WRONG_PURPOSE,
    CONTEXT_DIFFERS,
    CREATED_IN_THE_FUTURE,
    EXPIRED,
    UNKNOWN_KEY,
    BAD_SIGNATURE
  }

  public boolean isValid() {
    return outcome == Outcome.VALID;
  }
}
