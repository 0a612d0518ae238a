// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.ghost.GhostFacts;
import dev.plancheck.checks.policy.GoverningTerms;
import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.Finding;
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
  private final String own;
  private final CompletableFuture<String> computed = new CompletableFuture<>();
  private final CompletableFuture<List<Finding>> flaws = new CompletableFuture<>();
  private final CompletableFuture<Script> script = new CompletableFuture<>();
  private final CompletableFuture<Snapshot> snapshot = new CompletableFuture<>();
  private final CompletableFuture<List<RowEstimate>> estimates = new CompletableFuture<>();
  private final CompletableFuture<GhostFacts> ghost = new CompletableFuture<>();

  /// `sheet` is the plan's own; `before` are the sheets that the plan runs there first;
  /// `governedBy` is the policy that what is read is for.
  TargetReading(String sheet, List<String> before, GoverningTerms governedBy) {
    this.own = sheet;
    this.before = List.copyOf(before);
    this.governedBy = governedBy;
  }

  /// The policy that governs the target.
  public GoverningTerms governedBy() {
    return governedBy;
  }

  /// The SHA-256 of what would run on the database: the plan's sheet, or what was computed from it.
  public String sheet() {
    return computed.getNow(own);
  }

  /// The SHA-256 of the computed sheet; empty if there is none.
  String computed() {
    return computed.getNow("");
  }

  /// Why the plan's sheet is no schema that could be wanted; none where it is one, or need not be.
  public List<Finding> flaws() {
    return flaws.getNow(List.of());
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

  /// What decides whether gh-ost could change the table.
  public GhostFacts ghost() throws NotPerformedException {
    return part(ghost);
  }

  void tellComputed(String sha256) {
    computed.complete(sha256);
  }

  /// There is nothing to compare the database with: no other part will come.
  void refuse(List<Finding> told) {
    flaws.complete(List.copyOf(told));
    giveUp("the sheet is not a schema that could be built: its review says where");
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

  void tellGhost(GhostFacts told) {
    ghost.complete(told);
  }

  void failGhost(String cause) {
    ghost.completeExceptionally(new NotPerformedException(cause));
  }

  /// Every part that is missing now stays missing, for this cause.
  void giveUp(String cause) {
    script.completeExceptionally(new NotPerformedException(cause));
    failSnapshot(cause);
    failEstimates(cause);
    failGhost(cause);
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
