// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.run.ConnectionLeases;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/// Leases in the table `connection_lease`, which all processes share; time is the database's.
final class PostgresLeases implements ConnectionLeases {
  /// How long a lease lives that is not renewed, and how long a wish is remembered.
  private static final Duration LEASE = Duration.ofSeconds(9);

  private static final Duration WISH = Duration.ofSeconds(5);

  private final Jdbi jdbi;
  private final String owner;

  /// `owner` names this process.
  PostgresLeases(Jdbi jdbi, String owner) {
    this.jdbi = jdbi;
    this.owner = owner;
  }

  /// Others may take the same free slot at the same moment: then the next free one is tried, until
  /// there is none.
  @Override
  public Optional<Lease> tryAcquire(String instance, int most) {
    for (var tries = 0; tries <= most; tries++) {
      var token = UUID.randomUUID();
      var slot = take(instance, most, token);
      if (slot.isPresent()) {
        forget(instance);
        return Optional.of(new SlotLease(instance, slot.get(), token));
      }
      if (!hasFreeSlot(instance, most)) {
        break;
      }
    }
    wish(instance);
    return Optional.empty();
  }

  private Optional<Integer> take(String instance, int most, UUID token) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                insert into plancheck.connection_lease as l (instance, slot, owner, token, until)
                select :instance, free.slot, :owner, :token,
                  clock_timestamp() + make_interval(secs => :seconds)
                from generate_series(0, :most - 1) as free (slot)
                where not exists (
                  select from plancheck.connection_lease as held
                  where held.instance = :instance and held.slot = free.slot
                    and held.until > clock_timestamp())
                order by random()
                limit 1
                on conflict (instance, slot) do update
                set owner = excluded.owner, token = excluded.token, until = excluded.until
                where l.until <= clock_timestamp()
                returning slot
                """)
            .bind("instance", instance)
            .bind("most", most)
            .bind("owner", owner)
            .bind("token", token)
            .bind("seconds", LEASE.toSeconds())
            .mapTo(Integer.class)
            .findOne());
  }

  private boolean hasFreeSlot(String instance, int most) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select count(*) < :most from plancheck.connection_lease
                where instance = :instance and slot < :most and until > clock_timestamp()
                """)
            .bind("instance", instance)
            .bind("most", most)
            .mapTo(Boolean.class)
            .one());
  }

  private void wish(String instance) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                insert into plancheck.connection_wish (instance, owner, until)
                values (:instance, :owner, clock_timestamp() + make_interval(secs => :seconds))
                on conflict (instance, owner) do update set until = excluded.until
                """)
            .bind("instance", instance)
            .bind("owner", owner)
            .bind("seconds", WISH.toSeconds())
            .execute());
  }

  private void forget(String instance) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                delete from plancheck.connection_wish
                where instance = :instance and owner = :owner
                """)
            .bind("instance", instance)
            .bind("owner", owner)
            .execute());
  }

  private final class SlotLease implements Lease {
    private final String instance;
    private final int slot;
    private final UUID token;

    SlotLease(String instance, int slot, UUID token) {
      this.instance = instance;
      this.slot = slot;
      this.token = token;
    }

    @Override
    public State renew() {
      return jdbi.withHandle(handle ->
          bind(handle.createQuery(
                  """
                  update plancheck.connection_lease
                  set until = clock_timestamp() + make_interval(secs => :seconds)
                  where instance = :instance and slot = :slot and token = :token
                    and until > clock_timestamp()
                  returning exists (
                    select from plancheck.connection_wish as wish
                    where wish.instance = :instance and wish.owner <> :owner
                      and wish.until > clock_timestamp())
                  """))
              .bind("owner", owner)
              .bind("seconds", LEASE.toSeconds())
              .mapTo(Boolean.class)
              .findOne()
              .map(wanted -> wanted ? State.WANTED : State.KEPT)
              .orElse(State.LOST));
    }

    @Override
    public void close() {
      jdbi.useHandle(handle ->
          bind(handle.createUpdate(
                  """
                  delete from plancheck.connection_lease
                  where instance = :instance and slot = :slot and token = :token
                  """))
              .execute());
    }

    private <S extends SqlStatement<S>> S bind(S statement) {
      return statement.bind("instance", instance).bind("slot", slot).bind("token", token);
    }
  }
}
