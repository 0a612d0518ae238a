// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.plancheck.embedded.ClusterConfig.Role;
import dev.plancheck.embedded.RunAs.Account;
import dev.plancheck.embedded.RunAs.Account.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PostgreSQL refuses root: what is done instead, and where nothing can be done.
final class AccountTest {
  private static final List<String> USERS =
      List.of("root:x:0:0::/:/bin/sh", "nobody:x:65534:65533::/:/bin/false");

  @TempDir private static Path home = Path.of("");

  @Test
  void anOrdinaryUserNeedsNothing() {
    assertThat(new AccountProbe(false, USERS, _ -> false).choose()).isEqualTo(new RunAs.Self());
  }

  @Test
  void rootTakesAUserNamespaceIfItMay() {
    assertThat(new AccountProbe(true, USERS, _ -> true).choose())
        .isEqualTo(new RunAs.UserNamespace());
  }

  @Test
  void elseRootTakesAnotherAccount() {
    assertThat(new AccountProbe(true, USERS, without("unshare")).choose())
        .isEqualTo(new Account("nobody", 65_534, 65_533, Tool.SETPRIV));
    assertThat(new AccountProbe(true, USERS, without("unshare", "setpriv")).choose())
        .isEqualTo(new Account("nobody", 65_534, 65_533, Tool.RUNUSER));
  }

  @Test
  void anAccountOfOurOwnGoesBeforeNobody() {
    var users = List.of(USERS.getLast(), "plancheck:x:801:802::/:/bin/false");
    assertThat(new AccountProbe(true, users, without("unshare")).choose())
        .isEqualTo(new Account("plancheck", 801, 802, Tool.SETPRIV));
  }

  @Test
  void elseTheErrorNamesTheRemedy() {
    var refused = new AccountProbe(true, USERS, _ -> false).choose();
    var config = ClusterConfig.kept(Role.METADATA, home.resolve("refused"));
    assertThatThrownBy(() -> Cluster.start(config, refused))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("unshare")
        .hasMessageContaining("setpriv")
        .hasMessageContaining("ordinary user");
  }

  @Test
  void foldersOfAnotherAccountAreNotInTheHomeOfRoot() {
    var account = new Account("nobody", 65_534, 65_534, Tool.SETPRIV);
    assertThat(Folders.of(Map.of(), "Linux", Path.of("/users/root"), account).data())
        .isEqualTo(Path.of("/var/lib/plancheck"));
  }

  @Test
  void aServerRunsUnderTheAccount() throws Exception {
    var account = anotherAccount();
    var config =
        ClusterConfig.kept(Role.METADATA, home.resolve("metadata"))
            .withFolders(Folders.under(home));
    for (var start = 0; start < 2; start++) {
      try (var cluster = Cluster.start(config, account)) {
        var data = cluster.folder().resolve("pgdata");
        assertThat(Files.getOwner(data).getName()).isEqualTo("nobody");
        assertThat(Files.getOwner(cluster.folder().resolve("password")).getName())
            .isEqualTo("root");
        assertThat(Files.getOwner(cluster.log()).getName()).isEqualTo("nobody");
        var server = Postmaster.in(data).orElseThrow();
        assertThat(ProcessHandle.of(server.pid()).orElseThrow().info().user()).contains("nobody");
        assertThat(ClusterTest.ask(cluster, "SELECT 1")).isEqualTo("1");
      }
    }
  }

  @Test
  void aThrowAwayServerRunsUnderTheAccountAndGoes() throws SQLException, IOException {
    var account = anotherAccount();
    var config = ClusterConfig.throwAway(Role.SCRATCH).withFolders(Folders.under(home));
    var cluster = Cluster.start(config, account);
    try (cluster) {
      assertThat(ClusterTest.ask(cluster, "SELECT 1")).isEqualTo("1");
    }
    assertThat(cluster.folder()).doesNotExist();
  }

  @Test
  void aFolderThatTheAccountCannotEnterIsNamed() throws IOException {
    var account = anotherAccount();
    var secret = Files.createDirectories(home.resolve("secret"));
    Storage.setPermissions(secret, "rwx------");
    var config =
        ClusterConfig.kept(Role.METADATA, secret.resolve("metadata"))
            .withFolders(Folders.under(home));
    assertThatThrownBy(() -> Cluster.start(config, account))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining(secret.resolve("metadata").toString())
        .hasMessageContaining("Permission denied")
        .hasMessageContaining("account nobody");
  }

  @Test
  void dataOfAnotherAccountIsRefused() throws IOException {
    var account = anotherAccount();
    var config =
        ClusterConfig.kept(Role.METADATA, home.resolve("given")).withFolders(Folders.under(home));
    Cluster.start(config, account).close();
    assertThatThrownBy(() -> Cluster.start(config, new RunAs.UserNamespace()))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("belongs to nobody")
        .hasMessageContaining("chown -R");
  }

  /// As where user namespaces are refused.
  private static RunAs anotherAccount() throws IOException {
    assumeFalse(RunAs.detect() instanceof RunAs.Self, "only root can take another account");
    Storage.openToAll(home);
    var system = AccountProbe.ofThisSystem();
    var account =
        new AccountProbe(true, system.accounts(), without("unshare").and(system.works())).choose();
    assertThat(account).isInstanceOf(Account.class);
    return account;
  }

  private static Predicate<List<String>> without(String... programs) {
    return command -> !List.of(programs).contains(command.getFirst());
  }
}
