// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.advise;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.Review;
import dev.plancheck.engine.review.ReviewResult;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.text.SourceText;
import org.jspecify.annotations.Nullable;

/// The one way from a sheet's text to findings, for lint, for a check without a server and for
/// runs. Safe for use by several threads, if its judge is.
public final class ScriptReview {
  private final @Nullable Judging judging;

  /// The judge is asked about every statement of PostgreSQL: also one that the grammar understands
  /// may be an error. For other engines there is none.
  public ScriptReview(@Nullable SyntaxJudge judge) {
    this.judging = judge == null ? null : new Judging(judge);
  }

  /// The sheet as judged statements: a statement that the judge refuses is `Invalid`, and only one
  /// that no judge was asked about may remain `Rejected`. Never throws for any text.
  public Script script(String text, EngineVersion version) {
    var script = Dialects.of(version.engine()).parse(new SourceText(text), version);
    return judging == null || version.engine() != Engine.POSTGRESQL
        ? script
        : judging.judge(script);
  }

  /// What the policy's rules find in the script on a target that looks like `schema`;
  /// `Schema.unknown` when there is no target.
  public ReviewResult review(Script script, Schema schema, Policy policy) {
    return new Review(policy).run(script, schema);
  }
}
