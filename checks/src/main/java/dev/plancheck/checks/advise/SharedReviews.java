// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.advise;

import dev.plancheck.checks.cache.LatestUsed;
import dev.plancheck.checks.plan.Sheet;
import dev.plancheck.checks.policy.GoverningTerms;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.ReviewResult;
import dev.plancheck.engine.schema.Mentions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// The scripts and reviews of one run, each computed once however many targets ask: a sheet is
/// parsed and judged per engine version, and reviewed per fingerprint and policy. Rules are those
/// of the run and the same for all.
///
/// Whoever asks first has it computed by the executor; all others get the same future. Where hardly
/// two databases look alike only what was asked for last is remembered: what is asked for again
/// later is computed again, and memory does not grow with the number of databases.
public final class SharedReviews {
  /// Far more than a fleet has kinds of databases, unless each is one of its own.
  static final int REMEMBERED = 500;

  private record ScriptKey(String sheet, EngineVersion version) {}

  private record ReviewKey(
      ScriptKey script, List<String> before, String fingerprint, String policy) {
    ReviewKey {
      before = List.copyOf(before);
    }
  }

  private record MentionsKey(List<String> sheets, EngineVersion version) {
    MentionsKey {
      sheets = List.copyOf(sheets);
    }
  }

  private final ScriptReview review;
  private final Map<String, String> texts;
  private final Executor executor;
  private final boolean shared;
  private final Map<ScriptKey, CompletableFuture<Script>> scripts = latest();
  private final Map<MentionsKey, Mentions> mentions = latest();
  private final Map<ReviewKey, CompletableFuture<ReviewResult>> reviews = latest();

  /// `texts` are the sheets by SHA-256. With `shared` false everything is computed anew for each
  /// question, which is what sharing is compared with.
  public SharedReviews(
      ScriptReview review, Map<String, String> texts, Executor executor, boolean shared) {
    this.review = review;
    this.texts = Map.copyOf(texts);
    this.executor = executor;
    this.shared = shared;
  }

  /// The judged script of a sheet of the run; the future fails only by a bug.
  public CompletableFuture<Script> script(String sheet, EngineVersion version) {
    return script(sheet(sheet), version);
  }

  /// As that of a sheet of the run; this one may have been computed.
  public CompletableFuture<Script> script(Sheet sheet, EngineVersion version) {
    return once(
        scripts,
        new ScriptKey(sheet.sha256(), version),
        () -> review.script(sheet.text(), version));
  }

  /// A sheet of the run, by SHA-256.
  public Sheet sheet(String sha256) {
    var text = texts.get(sha256);
    if (text == null) {
      throw new IllegalArgumentException("sheet: %s (expected: one of the run)".formatted(sha256));
    }
    return new Sheet(sha256, text);
  }

  /// What the scripts of these sheets mention. It is the same object for all targets, by which a
  /// connector can tell that it is asked the same.
  public Mentions mentions(List<String> sheets, List<Script> scripts) {
    return shared
        ? mentions.computeIfAbsent(
            new MentionsKey(sheets, scripts.getLast().version()), _ -> Mentions.of(scripts))
        : Mentions.of(scripts);
  }

  /// The review of a sheet's script, as [#script] gave it, on a target that looks like `snapshot`
  /// once the sheets `before` it have run, by the policy that governs the target.
  public CompletableFuture<ReviewResult> review(
      String sheet, List<String> before, Script script, Snapshot snapshot, GoverningTerms by) {
    var key =
        new ReviewKey(
            new ScriptKey(sheet, script.version()), before, snapshot.fingerprint(), by.hash());
    return once(reviews, key, () -> review.review(script, snapshot.schema(), by.terms().policy()));
  }

  private static <K, V> Map<K, V> latest() {
    return Collections.synchronizedMap(new LatestUsed<>(REMEMBERED));
  }

  private <K, V> CompletableFuture<V> once(
      Map<K, CompletableFuture<V>> known, K key, Supplier<V> compute) {
    var mine = new CompletableFuture<V>();
    var first = shared ? known.putIfAbsent(key, mine) : null;
    if (first != null) {
      return first;
    }
    executor.execute(() -> complete(mine, compute));
    return mine;
  }

  /// The future carries whatever went wrong to all who wait for it.
  private static <V> void complete(CompletableFuture<V> future, Supplier<V> compute) {
    try {
      future.complete(compute.get());
    } catch (RuntimeException | Error e) {
      future.completeExceptionally(e);
    }
  }
}
