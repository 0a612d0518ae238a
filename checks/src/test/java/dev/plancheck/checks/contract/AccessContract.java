// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static dev.plancheck.checks.contract.StorageContract.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.access.AccessEvent;
import dev.plancheck.checks.access.AccessEvent.Kind;
import dev.plancheck.checks.access.AccessPorts;
import dev.plancheck.checks.access.AccessToken;
import dev.plancheck.checks.access.Caller;
import dev.plancheck.checks.access.Grant;
import dev.plancheck.checks.access.Role;
import dev.plancheck.checks.access.Tokens;
import dev.plancheck.checks.access.Tokens.Draft;
import dev.plancheck.checks.access.User;
import dev.plancheck.checks.access.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Users] and [Tokens] over one storage do.
public abstract class AccessContract {
  private static final String ROOT = "users/root";
  private static final Grant DBA = new Grant("shop", Role.DBA);
  private static final Grant ADMIN = Grant.everywhere(Role.ADMIN);

  private Users users;
  private Tokens tokens;

  /// Opens ports over a storage that has the project `shop` and nothing else; called before each
  /// test.
  protected abstract AccessPorts open() throws Exception;

  @BeforeEach
  final void openPorts() throws Exception {
    var ports = open();
    users = ports.users();
    tokens = ports.tokens();
  }

  private User user(String id) {
    return users.create(id, "Title of " + id, User.Kind.PERSON, ROOT);
  }

  private AccessToken token(String user, String digit, @Nullable Instant expiry) {
    return tokens.create(
        new Draft(digit.repeat(16), user, "build", expiry, digit.repeat(64)), ROOT);
  }

  @Test
  void keepsWhoWasCreated() {
    var ann = users.create("ann", "Ann \0 \"é\"", User.Kind.PERSON, ROOT);
    var build = users.create("build", "", User.Kind.SERVICE, ROOT);

    assertThat(ann.grants()).isEmpty();
    assertThat(users.get("ann")).contains(ann);
    assertThat(users.get("build")).contains(build);
    assertThat(users.get("bob")).isEmpty();
    assertRefused(Code.ALREADY_EXISTS, () -> user("ann"));
  }

  @Test
  void rolesAreGivenAndTakenOnce() {
    user("ann");
    users.grant("ann", DBA, ROOT);
    users.grant("ann", ADMIN, ROOT);
    users.grant("ann", DBA, ROOT);

    assertThat(grants("ann")).containsExactly(ADMIN, DBA);

    users.revoke("ann", ADMIN, ROOT);
    users.revoke("ann", ADMIN, ROOT);

    assertThat(grants("ann")).containsExactly(DBA);
    assertThat(users.events(0, 100))
        .extracting(AccessEvent::kind, AccessEvent::detail)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Kind.USER_CREATED, ""),
            org.assertj.core.groups.Tuple.tuple(Kind.ROLE_GRANTED, "DBA in projects/shop"),
            org.assertj.core.groups.Tuple.tuple(Kind.ROLE_GRANTED, "ADMIN in projects/-"),
            org.assertj.core.groups.Tuple.tuple(Kind.ROLE_REVOKED, "ADMIN in projects/-"));
  }

  private List<Grant> grants(String user) {
    return users.get(user).orElseThrow().grants();
  }

  @Test
  void refusesRolesOfNobodyAndInNoProject() {
    user("ann");

    assertRefused(Code.NOT_FOUND, () -> users.grant("bob", DBA, ROOT));
    assertRefused(Code.NOT_FOUND, () -> users.revoke("bob", DBA, ROOT));
    assertRefused(Code.NOT_FOUND, () -> users.grant("ann", new Grant("other", Role.DBA), ROOT));
    assertThat(grants("ann")).isEmpty();
  }

  @Test
  void listsByIdInPagesAndByProject() {
    for (var id : new String[] {"c", "a-b", "a", "ab"}) {
      user(id);
    }
    users.grant("ab", DBA, ROOT);
    users.grant("a", ADMIN, ROOT);

    assertThat(users.list(null, 10, ""))
        .extracting(User::id)
        .containsExactly("a", "a-b", "ab", "c");
    assertThat(users.list(null, 2, "a")).extracting(User::id).containsExactly("a-b", "ab");
    assertThat(users.list("shop", 10, "")).extracting(User::id).containsExactly("a", "ab");
    assertThat(users.list("other", 10, "")).extracting(User::id).containsExactly("a");
    assertThat(users.list(null, 10, "").getFirst().grants()).containsExactly(ADMIN);
  }

  @Test
  void aTokenIsItsUserWithTheRolesOfTheMoment() {
    user("ann");
    token("ann", "a", null);
    assertThat(tokens.caller("a".repeat(64))).contains(new Caller("ann", Set.of()));

    users.grant("ann", DBA, ROOT);
    assertThat(tokens.caller("a".repeat(64))).contains(new Caller("ann", Set.of(DBA)));
    assertThat(tokens.caller("b".repeat(64))).isEmpty();
  }

  @Test
  void aRevokedTokenIsNobodyAtOnce() {
    user("ann");
    token("ann", "a", null);
    token("ann", "b", null);

    var revoked = tokens.revoke("ann", "a".repeat(16), ROOT);

    assertThat(revoked.times().revokedAt()).isNotNull();
    assertThat(tokens.revoke("ann", "a".repeat(16), ROOT)).isEqualTo(revoked);
    assertThat(tokens.caller("a".repeat(64))).isEmpty();
    assertThat(tokens.caller("b".repeat(64))).isPresent();
    assertRefused(Code.NOT_FOUND, () -> tokens.revoke("ann", "c".repeat(16), ROOT));
    assertRefused(Code.NOT_FOUND, () -> tokens.revoke("bob", "b".repeat(16), ROOT));
    assertThat(users.events(0, 100))
        .extracting(AccessEvent::kind)
        .containsExactly(
            Kind.USER_CREATED, Kind.TOKEN_CREATED, Kind.TOKEN_CREATED, Kind.TOKEN_REVOKED);
  }

  @Test
  void anExpiredTokenIsNobody() {
    user("ann");
    var now = users.get("ann").orElseThrow().createdAt();
    token("ann", "a", now.minusSeconds(1));
    token("ann", "b", now.plus(Duration.ofHours(1)));

    assertThat(tokens.caller("a".repeat(64))).isEmpty();
    assertThat(tokens.caller("b".repeat(64))).isPresent();
  }

  @Test
  void useIsRemembered() {
    user("ann");
    var created = token("ann", "a", null);
    assertThat(tokens.list("ann")).containsExactly(created);
    assertThat(created.times().lastUsedAt()).isNull();

    assertThat(tokens.caller("a".repeat(64))).isPresent();
    var used = tokens.list("ann").getFirst().times().lastUsedAt();
    assertThat(used).isNotNull();

    assertThat(tokens.caller("a".repeat(64))).isPresent();
    assertThat(tokens.list("ann").getFirst().times().lastUsedAt()).isEqualTo(used);
  }

  @Test
  void tokensAreListedNewestFirst() {
    user("ann");
    var a = token("ann", "a", null);
    var b = token("ann", "b", null);
    user("bob");
    token("bob", "c", null);

    assertThat(tokens.list("ann")).containsExactly(b, a);
    assertThat(tokens.list("nobody")).isEmpty();
  }

  @Test
  void whoIsDeletedHasNothingAndTheNameIsNeverGivenAgain() {
    user("ann");
    users.grant("ann", DBA, ROOT);
    token("ann", "a", null);

    assertThat(users.delete("ann", ROOT)).isTrue();

    assertThat(users.delete("ann", ROOT)).isFalse();
    assertThat(users.get("ann")).isEmpty();
    assertThat(users.list(null, 10, "")).isEmpty();
    assertThat(tokens.caller("a".repeat(64))).isEmpty();
    assertRefused(Code.ALREADY_EXISTS, () -> user("ann"));
    assertRefused(Code.NOT_FOUND, () -> token("ann", "b", null));
    assertRefused(Code.NOT_FOUND, () -> users.grant("ann", DBA, ROOT));
    assertThat(users.events(0, 100).getLast().kind()).isEqualTo(Kind.USER_DELETED);
  }

  @Test
  void tokensWereGivenForGood() {
    user("ann");
    assertThat(tokens.wereEverGiven()).isFalse();

    token("ann", "a", null);
    assertThat(tokens.wereEverGiven()).isTrue();

    tokens.revoke("ann", "a".repeat(16), ROOT);
    users.delete("ann", ROOT);
    assertThat(tokens.wereEverGiven()).isTrue();
  }

  @Test
  void oneUserHasOnlySoManyTokens() {
    user("ann");
    for (var number = 0; number < Tokens.MOST; number++) {
      tokens.create(
          new Draft("%016x".formatted(number), "ann", "", null, "%064x".formatted(number)), ROOT);
    }
    assertRefused(Code.RESOURCE_EXHAUSTED, () -> token("ann", "a", null));

    tokens.revoke("ann", "%016x".formatted(7), ROOT);
    token("ann", "a", null);
  }

  @Test
  void theLogIsReadInPages() {
    user("ann");
    user("bob");

    var first = users.events(0, 1).getFirst();
    assertThat(first.user()).isEqualTo("ann");
    assertThat(first.actor()).isEqualTo(ROOT);
    assertThat(users.events(first.id(), 10)).extracting(AccessEvent::user).containsExactly("bob");
  }
}
