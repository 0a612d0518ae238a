// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.plancheck.checks.cache.LatestUsed;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.schema.Fingerprint;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/// Digests of what comes one by one and is never all in memory.
final class Digests {
  private Digests() {}

  /// The digest of a row of records: of each of them, in order.
  static final class Chain {
    private final MessageDigest digest = sha256();

    void add(Record next) {
      digest.update(Fingerprint.ofRecord(next).getBytes(US_ASCII));
    }

    String end() {
      return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }

  /// Digests of findings, which many targets share.
  static final class Findings {
    private static final int REMEMBERED = 10_000;

    private final Map<Finding, String> known = new LatestUsed<>(REMEMBERED);

    String of(Finding finding) {
      return known.computeIfAbsent(finding, Fingerprint::ofRecord);
    }
  }
}
