// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Bugs that a run met: the log gets each one whole and once, results only a reference to it,
/// because its message may hold what is not for every reader.
public final class InternalErrors {
  private static final Logger LOG = LoggerFactory.getLogger(InternalErrors.class);

  private final Map<Throwable, String> references =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /// A sentence for a result: `internal error (reference 1a2b3c4d in the log)`.
  public String tell(String doing, Throwable error) {
    return "internal error (reference %s in the log)"
        .formatted(references.computeIfAbsent(error, _ -> log(doing, error)));
  }

  private static String log(String doing, Throwable error) {
    var reference = "%08x".formatted(ThreadLocalRandom.current().nextInt());
    LOG.error("internal error {} while {}", reference, doing, error);
    return reference;
  }
}
