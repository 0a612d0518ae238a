// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.checks.access.AccessPorts;
import dev.plancheck.checks.access.User;
import dev.plancheck.checks.contract.AccessContract;
import dev.plancheck.checks.contract.Samples;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

final class PostgresAccessTest extends AccessContract {
  @Override
  protected AccessPorts open() throws Exception {
    var cluster = MetadataCluster.newest();
    cluster.emptyPorts().projects().create(Samples.project("shop"));
    return cluster.storage().access();
  }

  @Test
  void theLogCannotBeChanged() throws Exception {
    open().users().create("ann", "", User.Kind.PERSON, "users/root");
    var shared = MetadataCluster.newest().shared();

    assertThatThrownBy(
            () -> MetadataCluster.execute(shared, "update plancheck.access_log set actor = 'me'"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("only ever appended to");
    assertThatThrownBy(() -> MetadataCluster.execute(shared, "delete from plancheck.access_log"))
        .isInstanceOf(SQLException.class);
  }
}
