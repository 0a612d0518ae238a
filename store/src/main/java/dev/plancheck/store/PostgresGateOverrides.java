// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.gate.GateOverride;
import dev.plancheck.checks.gate.GateOverride.Taken;
import dev.plancheck.checks.gate.GateOverrides;
import dev.plancheck.checks.gate.GateReason;
import dev.plancheck.checks.gate.Purpose;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Overrides in the table `gate_override`, which only grows.
final class PostgresGateOverrides implements GateOverrides {
  private final Jdbi jdbi;

  PostgresGateOverrides(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public GateOverride add(GateOverride override) {
    return jdbi.inTransaction(handle -> {
      var plan = PlanLock.lock(handle, override.plan());
      plan.require(override.planVersion(), override.attempt());
      return insert(handle, plan.id(), override);
    });
  }

  private static GateOverride insert(Handle handle, long plan, GateOverride override) {
    var taken = override.taken();
    return handle
        .createQuery(
            """
            insert into plancheck.gate_override
              (plan_id, purpose, plan_version, attempt, kinds, words, actor, why)
            values (:plan, :purpose, :version, :attempt, :kinds, :words, :actor, :why)
            returning *
            """)
        .bind("plan", plan)
        .bind("purpose", override.purpose().name())
        .bind("version", override.planVersion())
        .bind("attempt", override.attempt())
        .bindArray("kinds", String.class, taken.stream().map(one -> one.kind().name()).toList())
        .bindArray(
            "words",
            String.class,
            taken.stream().map(one -> StoredText.escape(one.words())).toList())
        .bind("actor", StoredText.escape(override.actor()))
        .bind("why", StoredText.escape(override.why()))
        .map((row, _) -> override(override.plan(), row))
        .one();
  }

  @Override
  public List<GateOverride> list(PlanName plan) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select o.*
                from plancheck.gate_override as o
                join plancheck.plan as p on p.id = o.plan_id
                where p.project_id = :project and p.number = :number
                order by o.id
                """)
            .bind("project", plan.project())
            .bind("number", plan.number())
            .map((row, _) -> override(plan, row))
            .list());
  }

  private static GateOverride override(PlanName plan, ResultSet row) throws SQLException {
    return new GateOverride(
        row.getLong("id"),
        plan,
        StoredNames.read(Purpose.class, row.getString("purpose")),
        row.getInt("plan_version"),
        row.getInt("attempt"),
        taken(
            (String[]) row.getArray("kinds").getArray(),
            (String[]) row.getArray("words").getArray()),
        StoredText.unescape(row.getString("actor")),
        StoredText.unescape(row.getString("why")),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }

  private static List<Taken> taken(String[] kinds, String[] words) {
    var taken = new ArrayList<Taken>();
    for (var index = 0; index < kinds.length; index++) {
      taken.add(
          new Taken(
              StoredNames.read(GateReason.Kind.class, kinds[index]),
              StoredText.unescape(words[index])));
    }
    return taken;
  }
}
