// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.policy.GoverningTerms;
import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.engine.dialect.Script;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What one connection told of one target, part by part: a part that failed takes none of the
/// others with it. Written by the thread that reads, until [#giveUp]; the first word on a part
/// stays.
///
/// No script means that the database could not be reached at all.
public final class TargetReading {
  private final List<String> before;
  private final GoverningTerms governedBy;
  private final CompletableFuture<Script> script = new CompletableFuture<>();
  private final CompletableFuture<Snapshot> snapshot = new CompletableFuture<>();
  private final CompletableFuture<List<RowEstimate>> estimates = new CompletableFuture<>();

  /// `before` are the sheets that the plan runs there first; `governedBy` is the policy that what
  /// is read is for.
  TargetReading(List<String> before, GoverningTerms governedBy) {
    this.before = List.copyOf(before);
    this.governedBy = governedBy;
  }

  /// The policy that governs the target.
  public GoverningTerms governedBy() {
    return governedBy;
  }

  /// The sheets that the plan runs on this database before this one, in order.
  public List<String> before() {
    return before;
  }

  /// The judged script for the target's version.
  public Script script() throws NotPerformedException {
    return part(script);
  }

  /// The database as it will be when the sheets [#before] this one have run.
  public Snapshot snapshot() throws NotPerformedException {
    return part(snapshot);
  }

  public List<RowEstimate> estimates() throws NotPerformedException {
    return part(estimates);
  }

  void tellScript(Script told) {
    script.complete(told);
  }

  void tellSnapshot(Snapshot told) {
    snapshot.complete(told);
  }

  void failSnapshot(String cause) {
    snapshot.completeExceptionally(new NotPerformedException(cause));
  }

  void tellEstimates(List<RowEstimate> told) {
    estimates.complete(List.copyOf(told));
  }

  void failEstimates(String cause) {
    estimates.completeExceptionally(new NotPerformedException(cause));
  }

  /// Every part that is missing now stays missing, for this cause.
  void giveUp(String cause) {
    script.completeExceptionally(new NotPerformedException(cause));
    failSnapshot(cause);
    failEstimates(cause);
  }

  private static <T> T part(CompletableFuture<T> part) throws NotPerformedException {
    return switch (part.state()) {
      case SUCCESS -> part.resultNow();
      case FAILED ->
          throw new NotPerformedException(String.valueOf(part.exceptionNow().getMessage()));
      case RUNNING, CANCELLED ->
          throw new IllegalStateException("a part was asked for while it was still read");
    };
  }
}
