// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.RunActiveException;
import dev.plancheck.checks.run.RunEvent.Kind;
import dev.plancheck.checks.run.RunOrder;
import dev.plancheck.checks.run.Shard;
import dev.plancheck.store.ScheduledTasks.AttemptKey;
import dev.plancheck.store.codec.ConfigCodec;
import dev.plancheck.store.codec.PoliciesCodec;
import dev.plancheck.store.codec.StoredText;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Queues attempts: the record, its shards, their entries in the queue and the line of the log, in
/// one transaction.
final class RunOrders {
  /// Somebody else may end and queue the same run in between, but hardly so often.
  private static final int MOST_TRIES = 10;

  private final Jdbi jdbi;
  private final Folding folding;

  RunOrders(Jdbi jdbi, Folding folding) {
    this.jdbi = jdbi;
    this.folding = folding;
  }

  /// As [dev.plancheck.checks.run.Runs#enqueue] says. What the attempt before found is folded
  /// first, so that it stays readable, and can be kept.
  PlanCheckRun enqueue(PlanName plan, RunOrder order) {
    if (order.shards().isEmpty()) {
      throw new IllegalArgumentException("shards: none (expected: at least one)");
    }
    var config = ConfigCodec.toJson(order.config());
    for (var tries = 0; tries < MOST_TRIES; tries++) {
      unfolded(plan).ifPresent(folding::fold);
      var run = Transactions.get(jdbi, handle -> queue(handle, plan, order, config));
      if (run.isPresent()) {
        return run.get();
      }
    }
    throw ApiException.aborted(
        "%s is being checked by others: read the run and ask again".formatted(plan));
  }

  private Optional<AttemptKey> unfolded(PlanName plan) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select r.id, r.attempt
                from plancheck.plan_check_run as r
                join plancheck.plan as p on p.id = r.plan_id
                where p.project_id = :project and p.number = :number
                  and r.status in ('DONE', 'FAILED', 'CANCELED') and r.result_attempt < r.attempt
                """)
            .bind("project", plan.project())
            .bind("number", plan.number())
            .map((row, _) -> new AttemptKey(row.getLong("id"), row.getInt("attempt")))
            .findOne());
  }

  /// Empty when the run has to be looked at again.
  private static Optional<PlanCheckRun> queue(
      Handle handle, PlanName plan, RunOrder order, String config) {
    var before = lock(handle, plan);
    if (before.isPresent() && !before.get().status().isFinal()) {
      throw new RunActiveException(plan, before.get().status());
    }
    if (order.after() != 0 && order.after() != before.map(PlanCheckRun::attempt).orElse(0)) {
      throw ApiException.aborted(
          "%s was checked again since attempt %d: read the run and ask again"
              .formatted(plan, order.after()));
    }
    if (!write(handle, plan, order, config)) {
      RunReader.get(handle, plan)
          .ifPresentOrElse(
              run -> {
                if (!run.status().isFinal()) {
                  throw new RunActiveException(plan, run.status());
                }
              },
              () -> {
                throw ApiException.notFound(plan.toString());
              });
      return Optional.empty();
    }
    var run = RunReader.get(handle, plan).orElseThrow();
    var key = new AttemptKey(run.id(), run.attempt());
    addShards(handle, key, order);
    ScheduledTasks.addShards(handle, key);
    RunLog.append(handle, run.id(), Kind.QUEUED, order.actor());
    return Optional.of(run);
  }

  /// The plan's run, which nobody changes until the end of the transaction.
  private static Optional<PlanCheckRun> lock(Handle handle, PlanName plan) {
    handle
        .createQuery(
            """
            select r.id
            from plancheck.plan_check_run as r
            join plancheck.plan as p on p.id = r.plan_id
            where p.project_id = :project and p.number = :number
            for no key update of r
            """)
        .bind("project", plan.project())
        .bind("number", plan.number())
        .mapTo(Long.class)
        .findOne();
    return RunReader.get(handle, plan);
  }

  /// False if the run is active or not folded, and if there is no such plan.
  private static boolean write(Handle handle, PlanName plan, RunOrder order, String stored) {
    var config = order.config();
    var counts = order.counts();
    var update =
        handle
            .createUpdate(
                """
                insert into plancheck.plan_check_run as r (plan_id, status, attempt, plan_version,
                  policy_hash, rules_version, membership_hash, sampled_of, target_count, done_count,
                  success_count, warning_count, error_count, not_performed_count, shards_left,
                  config, policies)
                select p.id, 'QUEUED', 1, :planVersion,
                  :policyHash, :rulesVersion, :membershipHash, :matched, :targets, :done,
                  :success, :warning, :error, :notPerformed, :shards,
                  :config::jsonb, :policies::jsonb
                from plancheck.plan as p
                where p.project_id = :project and p.number = :number
                on conflict (plan_id) do update
                set status = 'QUEUED', verdict = null, attempt = r.attempt + 1,
                  plan_version = excluded.plan_version, policy_hash = excluded.policy_hash,
                  rules_version = excluded.rules_version,
                  membership_hash = excluded.membership_hash,
                  sampled_of = excluded.sampled_of, target_count = excluded.target_count,
                  done_count = excluded.done_count, success_count = excluded.success_count,
                  warning_count = excluded.warning_count, error_count = excluded.error_count,
                  not_performed_count = excluded.not_performed_count,
                  shards_left = excluded.shards_left, chunk_count = 0, oldest_result_at = null,
                  config = excluded.config, policies = excluded.policies, error = '',
                  origin = 'CHECKED', trusted_until = null,
                  queued_at = greatest(r.updated_at, clock_timestamp()), started_at = null,
                  updated_at = greatest(r.updated_at, clock_timestamp()), finished_at = null
                where r.status in ('DONE', 'FAILED', 'CANCELED') and r.result_attempt = r.attempt
                """)
            .bind("project", plan.project())
            .bind("number", plan.number())
            .bind("planVersion", config.planVersion())
            .bind("policyHash", StoredText.escape(config.policyHash()))
            .bind("rulesVersion", StoredText.escape(config.rulesVersion()))
            .bind("membershipHash", StoredText.escape(config.membershipHash()))
            .bind("shards", order.shards().size())
            .bind("config", stored)
            .bind("policies", PoliciesCodec.toJson(config.policies()));
    return StoredCounts.bind(update, counts).execute() == 1;
  }

  private static void addShards(Handle handle, AttemptKey key, RunOrder order) {
    handle
        .createUpdate(
            """
            insert into plancheck.plan_check_run_shard
              (run_id, attempt, shard, first_place, end_place)
            select :run, :attempt, shard, first_place, end_place
            from unnest(:shards::integer[], :firsts::integer[], :ends::integer[])
              as wanted (shard, first_place, end_place)
            """)
        .bind("run", key.run())
        .bind("attempt", key.attempt())
        .bind("shards", numbers(order, Shard::number))
        .bind("firsts", numbers(order, Shard::first))
        .bind("ends", numbers(order, Shard::end))
        .execute();
  }

  private static Integer[] numbers(RunOrder order, ToIntFunction<Shard> number) {
    return order.shards().stream().mapToInt(number).boxed().toArray(Integer[]::new);
  }
}
