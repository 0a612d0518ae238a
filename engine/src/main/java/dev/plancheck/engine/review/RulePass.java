// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.ScriptContext.Step;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;

/// One run of all rules of a policy over a script and a schema, before suppressions.
final class RulePass {
  private final Script script;
  private final Walkthrough.Walked walked;
  private final Schema target;
  private final List<Remark> remarks = new ArrayList<>();
  private final List<Remark> undecided = new ArrayList<>();

  /// `undecided` are places where a rule could not tell without a target.
  record Outcome(List<Remark> remarks, List<Remark> undecided) {}

  private RulePass(Script script, Schema target) {
    this.script = script;
    this.target = target;
    this.walked = Walkthrough.of(script, target);
  }

  static Outcome of(Policy policy, Script script, Schema target) {
    var pass = new RulePass(script, target);
    for (var entry : policy.entries()) {
      if (entry.level() != Level.OFF
          && entry.rule().info().engines().contains(script.version().engine())) {
        pass.run(entry);
      }
    }
    return new Outcome(pass.remarks, pass.undecided);
  }

  private void run(Policy.Entry entry) {
    var at = new Span(0, 0);
    try {
      switch (entry.rule()) {
        case StatementRule rule -> {
          for (var step : walked.steps()) {
            at = step.statement().span();
            rule.check(step.statement(), new AtStep(entry, step));
          }
        }
        case ScriptRule rule -> rule.check(script, new AtEnd(entry));
      }
    } catch (RuntimeException | StackOverflowError e) {
      // A bug in one rule must neither hide what the others find nor pass for "nothing found".
      remarks.add(failed(entry, at, e));
    }
  }

  private static Remark failed(Policy.Entry entry, Span at, Throwable cause) {
    return new Remark(
        OwnFinding.RULE_FAILED.info(),
        Status.ERROR,
        at,
        "Rule %s failed here and did not look at the rest: %s. This is a bug in plancheck; all other rules were applied."
            .formatted(entry.id(), cause));
  }

  /// Where both contexts leave what a rule says.
  private abstract class Reports implements Reporter {
    private final Policy.Entry entry;

    Reports(Policy.Entry entry) {
      this.entry = entry;
    }

    @Override
    public void report(Span at, String content) {
      remarks.add(new Remark(entry.rule().info(), entry.level().status(), at, content));
    }

    @Override
    public void report(Span at, Status atMost, String content) {
      var status = entry.level().status();
      remarks.add(
          new Remark(
              entry.rule().info(), status.compareTo(atMost) > 0 ? atMost : status, at, content));
    }

    @Override
    public void undecided(Span at) {
      undecided.add(new Remark(entry.rule().info(), entry.level().status(), at, ""));
    }
  }

  private final class AtStep extends Reports implements Context {
    private final Step step;

    AtStep(Policy.Entry entry, Step step) {
      super(entry);
      this.step = step;
    }

    @Override
    public Schema schema() {
      return step.schema();
    }

    @Override
    public Session session() {
      return step.session();
    }
  }

  private final class AtEnd extends Reports implements ScriptContext {
    AtEnd(Policy.Entry entry) {
      super(entry);
    }

    @Override
    public Schema before() {
      return target;
    }

    @Override
    public Schema after() {
      return walked.after();
    }

    @Override
    public List<Step> steps() {
      return walked.steps();
    }
  }
}
