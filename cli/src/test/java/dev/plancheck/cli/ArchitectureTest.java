// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.implement;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.plancheck.checks.canary.SpeaksJdbc;
import dev.plancheck.checks.rollout.TargetChanger;
import dev.plancheck.engine.canary.KnowsTheMysqlParser;
import dev.plancheck.engine.canary.KnowsTheParser;
import dev.plancheck.engine.canary.ReadsTheClock;
import dev.plancheck.store.canary.KnowsTargets;
import dev.plancheck.targets.canary.WritesToTargets;
import dev.plancheck.targets.mysql.canary.WritesToMysql;
import dev.plancheck.targets.mysql.clone.Opening;
import dev.plancheck.targets.postgresql.wire.ServerConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The laws of ARCHITECTURE.md, each with a canary: a class that breaks it and must be caught.
final class ArchitectureTest {
  private static final String ROOT = "dev.plancheck.";
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| ([^|]*) \\|.*");
  private static final Pattern ROOM = Pattern.compile("`(\\w+)`");

  private record Law(String name, ArchRule rule, Class<?> canary) {}

  private static final List<Law> LAWS =
      List.of(
          new Law(
              "the engine has no JDBC, protobuf, HTTP, clock or threads",
              noClasses()
                  .that()
                  .resideInAPackage(ROOT + "engine..")
                  .should()
                  .dependOnClassesThat(
                      resideInAnyPackage(
                              "java.sql..",
                              "javax.sql..",
                              "java.net..",
                              "java.util.concurrent..",
                              "com.google.protobuf..")
                          .or(
                              com.tngtech.archunit.core.domain.JavaClass.Predicates.type(
                                  java.time.Clock.class))),
              ReadsTheClock.class),
          new Law(
              "the parser stays in its dialect, and what compares schemas in its package",
              noClasses()
                  .that()
                  .resideOutsideOfPackages(
                      ROOT + "engine.dialect.postgresql..",
                      ROOT + "targets.postgresql.declarative..")
                  .should()
                  .dependOnClassesThat(resideInAnyPackage("org.antlr..", "org.pgcodekeeper..")),
              KnowsTheParser.class),
          new Law(
              "the parsers of MySQL and MariaDB stay in their dialect",
              noClasses()
                  .that()
                  .resideOutsideOfPackage(ROOT + "engine.dialect.mysql..")
                  .should()
                  .dependOnClassesThat(resideInAPackage("mysqlgrammar..")),
              KnowsTheMysqlParser.class),
          new Law(
              "checks speak no JDBC and no protobuf",
              noClasses()
                  .that()
                  .resideInAPackage(ROOT + "checks..")
                  .should()
                  .dependOnClassesThat(
                      resideInAnyPackage("java.sql..", "org.jdbi..", "com.google.protobuf..")),
              SpeaksJdbc.class),
          new Law(
              "time comes from a clock that is handed in",
              noClasses()
                  .that()
                  .resideInAnyPackage(ROOT + "checks..", ROOT + "store..", ROOT + "server..")
                  .should()
                  .callMethod(Instant.class, "now")
                  .orShould()
                  .callMethod(System.class, "currentTimeMillis"),
              SpeaksJdbc.class),
          new Law(
              "only the change writes to users' databases",
              noClasses()
                  .that(
                      resideInAPackage("dev.plancheck..")
                          .and(
                              resideInAnyPackage(
                                      ROOT + "targets.postgresql.change..",
                                      ROOT + "checks.memory..")
                                  .negate()))
                  .should()
                  .callMethod(ServerConnection.class, "run", String.class)
                  .orShould(implement(TargetChanger.class)),
              WritesToTargets.class),
          new Law(
              "on MySQL and MariaDB only the trial on a copy runs what is no query",
              noClasses()
                  .that(
                      resideInAPackage(ROOT + "targets.mysql..")
                          .and(resideInAPackage(ROOT + "targets.mysql.clone..").negate())
                          // These say USE and SET.
                          .and(name(ROOT + "targets.mysql.Line").negate())
                          .and(name(ROOT + "targets.mysql.Readying").negate()))
                  .should()
                  .callMethodWhere(
                      target(owner(assignableTo(Statement.class)))
                          .and(target(nameMatching("(?!executeQuery)execute.*|addBatch")))),
              WritesToMysql.class),
          new Law(
              "only the connector hands out what can write to MySQL, and only the trial opens it",
              noClasses()
                  .that(
                      resideInAPackage(ROOT + "targets.mysql..")
                          .and(resideInAPackage(ROOT + "targets.mysql.clone..").negate())
                          .and(name(ROOT + "targets.mysql.MysqlConnector").negate()))
                  .should()
                  .callMethodWhere(
                      target(owner(assignableTo(Opening.class)))
                          .or(target(nameMatching("writable")))),
              WritesToMysql.class),
          new Law(
              "only the program prints",
              noClasses()
                  .that(
                      resideInAPackage("dev.plancheck..")
                          .and(resideInAPackage(ROOT + "cli..").negate()))
                  .should()
                  .accessField(System.class, "out")
                  .orShould()
                  .accessField(System.class, "err"),
              KnowsTargets.class));

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.plancheck");

  @TestFactory
  Stream<DynamicTest> lawsHold() {
    return LAWS.stream()
        .map(law -> DynamicTest.dynamicTest(law.name(), () -> law.rule().check(OURS)));
  }

  @TestFactory
  Stream<DynamicTest> canariesAreCaught() {
    return LAWS.stream()
        .map(law ->
            DynamicTest.dynamicTest(
                law.name(), () -> assertThat(isBroken(law.rule(), law.canary())).isTrue()));
  }

  @TestFactory
  Stream<DynamicTest> roomsKnowOnlyWhatTheTableAllows() {
    return rooms().entrySet().stream()
        .map(room ->
            DynamicTest.dynamicTest(
                room.getKey(), () -> arrow(room.getKey(), room.getValue()).check(OURS)));
  }

  @Test
  void forbiddenArrowsAreCaught() {
    assertThat(isBroken(arrow("engine", mayKnow("engine")), KnowsTheParser.class)).isTrue();
    assertThat(isBroken(arrow("store", mayKnow("store")), KnowsTargets.class)).isTrue();
  }

  @Test
  void theTableNamesEveryRoomThatExists() {
    var existing = new TreeSet<String>();
    for (var type : OURS) {
      existing.add(type.getPackageName().substring(ROOT.length()).replaceFirst("\\..*", ""));
    }
    assertThat(rooms().keySet()).isEqualTo(existing);
  }

  private static boolean isBroken(ArchRule rule, Class<?> canary) {
    return rule.evaluate(new ClassFileImporter().importClasses(canary)).hasViolation();
  }

  private static ArchRule arrow(String room, Set<String> mayKnow) {
    var allowed =
        Stream.concat(Stream.of(room), mayKnow.stream())
            .map(name -> ROOT + name + "..")
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(ROOT + room + "..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed).or(resideInAPackage("dev.plancheck..").negate()))
        .allowEmptyShould(true);
  }

  private static Set<String> mayKnow(String room) {
    return rooms().getOrDefault(room, Set.of());
  }

  private static Map<String, Set<String>> rooms() {
    var rooms = new LinkedHashMap<String, Set<String>>();
    for (var line : architecture().lines().toList()) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        var mayKnow = new TreeSet<String>();
        ROOM.matcher(row.group(2)).results().forEach(found -> mayKnow.add(found.group(1)));
        rooms.put(row.group(1), mayKnow);
      }
    }
    assertThat(rooms).as("rows of the table in ARCHITECTURE.md").isNotEmpty();
    return rooms;
  }

  private static String architecture() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("ARCHITECTURE.md"))) {
      folder = Objects.requireNonNull(folder.getParent(), "a folder above with ARCHITECTURE.md");
    }
    try {
      return Files.readString(folder.resolve("ARCHITECTURE.md"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
