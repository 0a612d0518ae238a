// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunActiveException;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.store.codec.ConfigCodec;
import dev.plancheck.store.codec.ResultCodec;
import dev.plancheck.store.codec.StoredText;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/// Runs in the table `plan_check_run`. Every write is one conditional update that changes one row
/// or none, so that of any writers at the same time, in any process, one takes place.
///
/// The queue's entry is the row itself while it is QUEUED: written, and announced to whoever
/// listens, in the transaction that writes the run.
final class PostgresRuns implements Runs {
  private final Jdbi jdbi;
  private final RunReader reader;
  private final RunWatch watch;

  PostgresRuns(Jdbi jdbi, RunWatch watch) {
    this.jdbi = jdbi;
    this.reader = new RunReader(jdbi);
    this.watch = watch;
  }

  @Override
  public PlanCheckRun enqueue(PlanName plan, PlanCheckRunConfig config) {
    var stored = ConfigCodec.toJson(config);
    return jdbi.inTransaction(handle -> {
      var queued = queue(handle, plan, config, stored);
      var run =
          RunReader.get(handle, plan).orElseThrow(() -> ApiException.notFound(plan.toString()));
      if (!queued) {
        throw new RunActiveException(plan, run.status());
      }
      return run;
    });
  }

  @Override
  public Optional<Claim> claim(long runId, int attempt) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                update plancheck.plan_check_run as r
                set status = 'RUNNING', started_at = now(), updated_at = now()
                from plancheck.plan as p
                where p.id = r.plan_id
                  and r.id = :id and r.attempt = :attempt and r.status = 'QUEUED'
                returning p.project_id, p.number
                """)
            .bind("id", runId)
            .bind("attempt", attempt)
            .map((row, _) -> new PlanName(row.getString("project_id"), row.getLong("number")))
            .findOne()
            .map(plan -> new Claim(runId, plan, attempt)));
  }

  @Override
  public boolean progress(Claim claim, RunCounts counts) {
    return jdbi.withHandle(handle -> {
      var update =
          handle.createUpdate(
              """
              update plancheck.plan_check_run
              set updated_at = now(), sampled_of = :matched, target_count = :targets,
                done_count = :done, success_count = :success, warning_count = :warning,
                error_count = :error, not_performed_count = :notPerformed
              where id = :id and attempt = :attempt and status = 'RUNNING'
              """);
      bindClaim(update, claim);
      bindCounts(update, counts);
      return update.execute() == 1;
    });
  }

  @Override
  public boolean finish(
      Claim claim, RunStatus status, RunCounts counts, List<Result> results, String error) {
    var stored = ResultCodec.toJson(results);
    return jdbi.withHandle(handle -> {
      var update =
          handle
              .createUpdate(
                  """
                  update plancheck.plan_check_run
                  set status = :status, verdict = :verdict, result = :result::jsonb,
                    error = :message, updated_at = now(), finished_at = now(),
                    oldest_result_at = started_at,
                    sampled_of = :matched, target_count = :targets,
                    done_count = :done, success_count = :success, warning_count = :warning,
                    error_count = :error, not_performed_count = :notPerformed
                  where id = :id and attempt = :attempt and status = 'RUNNING'
                  """)
              .bind("status", status.name())
              .bind("verdict", counts.verdict(status).name())
              .bind("result", stored)
              .bind("message", StoredText.escape(error));
      bindClaim(update, claim);
      bindCounts(update, counts);
      return update.execute() == 1;
    });
  }

  @Override
  public boolean cancel(PlanName plan, int attempt) {
    return jdbi.withHandle(handle ->
        handle
                .createUpdate(
                    """
                    update plancheck.plan_check_run as r
                    set status = 'CANCELED', verdict = 'INCOMPLETE',
                      updated_at = now(), finished_at = now()
                    from plancheck.plan as p
                    where p.id = r.plan_id
                      and p.project_id = :project and p.number = :number
                      and r.attempt = :attempt and r.status in ('QUEUED', 'RUNNING')
                    """)
                .bind("project", plan.project())
                .bind("number", plan.number())
                .bind("attempt", attempt)
                .execute()
            == 1);
  }

  @Override
  public boolean keepPartial(Claim claim, RunCounts counts, List<Result> results) {
    var stored = ResultCodec.toJson(results);
    return jdbi.withHandle(handle -> {
      var update =
          handle
              .createUpdate(
                  """
                  update plancheck.plan_check_run
                  set result = :result::jsonb, updated_at = now(),
                    oldest_result_at = started_at,
                    sampled_of = :matched, target_count = :targets,
                    done_count = :done, success_count = :success, warning_count = :warning,
                    error_count = :error, not_performed_count = :notPerformed
                  where id = :id and attempt = :attempt and status = 'CANCELED'
                    and result is null
                  """)
              .bind("result", stored);
      bindClaim(update, claim);
      bindCounts(update, counts);
      return update.execute() == 1;
    });
  }

  @Override
  public Optional<PlanCheckRun> get(PlanName plan) {
    return reader.get(plan);
  }

  @Override
  public Optional<PlanCheckRunConfig> config(PlanName plan) {
    return jdbi.withHandle(handle ->
            handle
                .createQuery(
                    """
                    select r.config
                    from plancheck.plan_check_run as r
                    join plancheck.plan as p on p.id = r.plan_id
                    where p.project_id = :project and p.number = :number
                    """)
                .bind("project", plan.project())
                .bind("number", plan.number())
                .mapTo(String.class)
                .findOne())
        .map(ConfigCodec::fromJson);
  }

  @Override
  public List<Result> results(PlanName plan) {
    return jdbi.withHandle(handle ->
            handle
                .createQuery(
                    """
                    select r.result
                    from plancheck.plan_check_run as r
                    join plancheck.plan as p on p.id = r.plan_id
                    where p.project_id = :project and p.number = :number
                      and r.result is not null
                    """)
                .bind("project", plan.project())
                .bind("number", plan.number())
                .mapTo(String.class)
                .findOne())
        .map(ResultCodec::fromJson)
        .orElse(List.of());
  }

  @Override
  public List<PlanCheckRun> list(Query query) {
    return reader.list(query);
  }

  @Override
  public Subscription watch(PlanName plan, Consumer<PlanCheckRun> listener) {
    return watch.add(plan, listener);
  }

  /// False if the plan's run is active, and if there is no such plan.
  private static boolean queue(
      Handle handle, PlanName plan, PlanCheckRunConfig config, String stored) {
    return handle
            .createUpdate(
                """
                insert into plancheck.plan_check_run as r (plan_id, status, attempt, plan_version,
                  policy_hash, rules_version, membership_hash, target_count, sampled_of, config)
                select p.id, 'QUEUED', 1, :planVersion,
                  :policyHash, :rulesVersion, :membershipHash, :targets, :matched, :config::jsonb
                from plancheck.plan as p
                where p.project_id = :project and p.number = :number
                on conflict (plan_id) do update
                set status = 'QUEUED', verdict = null, attempt = r.attempt + 1,
                  plan_version = excluded.plan_version, policy_hash = excluded.policy_hash,
                  rules_version = excluded.rules_version,
                  membership_hash = excluded.membership_hash,
                  target_count = excluded.target_count, sampled_of = excluded.sampled_of,
                  done_count = 0, success_count = 0, warning_count = 0, error_count = 0,
                  not_performed_count = 0, shards_left = 0, oldest_result_at = null,
                  config = excluded.config, result = null, error = '',
                  queued_at = now(), started_at = null, updated_at = now(), finished_at = null
                where r.status in ('DONE', 'FAILED', 'CANCELED')
                """)
            .bind("project", plan.project())
            .bind("number", plan.number())
            .bind("planVersion", config.planVersion())
            .bind("policyHash", StoredText.escape(config.policyHash()))
            .bind("rulesVersion", StoredText.escape(config.rulesVersion()))
            .bind("membershipHash", StoredText.escape(config.membershipHash()))
            .bind("targets", config.chosen().size())
            .bind("matched", config.targets().size())
            .bind("config", stored)
            .execute()
        == 1;
  }

  private static void bindClaim(Update update, Claim claim) {
    update.bind("id", claim.runId()).bind("attempt", claim.attempt());
  }

  private static void bindCounts(Update update, RunCounts counts) {
    update
        .bind("matched", counts.matched())
        .bind("targets", counts.targets())
        .bind("done", counts.done())
        .bind("success", counts.success())
        .bind("warning", counts.warning())
        .bind("error", counts.error())
        .bind("notPerformed", counts.notPerformed());
  }
}
