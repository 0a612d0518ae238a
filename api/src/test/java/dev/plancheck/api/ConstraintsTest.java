// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.CompilationException;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.MessageRules;
import build.buf.validate.Rule;
import build.buf.validate.ValidateProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import dev.plancheck.api.v1.ChangeDatabaseConfig;
import dev.plancheck.api.v1.CreateInstanceRequest;
import dev.plancheck.api.v1.CreatePlanRequest;
import dev.plancheck.api.v1.CreateProjectRequest;
import dev.plancheck.api.v1.Database;
import dev.plancheck.api.v1.Engine;
import dev.plancheck.api.v1.FindingStatus;
import dev.plancheck.api.v1.GetDatabaseRequest;
import dev.plancheck.api.v1.GetPlanCheckRunRequest;
import dev.plancheck.api.v1.Instance;
import dev.plancheck.api.v1.ListDatabasesRequest;
import dev.plancheck.api.v1.ListPlanCheckRunsRequest;
import dev.plancheck.api.v1.Password;
import dev.plancheck.api.v1.Plan;
import dev.plancheck.api.v1.PlanCheckRun;
import dev.plancheck.api.v1.Project;
import dev.plancheck.api.v1.ProjectSettings;
import dev.plancheck.api.v1.Spec;
import dev.plancheck.api.v1.UpdateDatabaseRequest;
import dev.plancheck.api.v1.UpdatePlanRequest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Requests that are let through, and requests that are refused, with the field to blame.
final class ConstraintsTest {
  private static final String SHEET = "projects/shop/sheets/" + "a".repeat(64);

  private final Validator validator = ValidatorFactory.newBuilder().build();

  @Test
  void aProjectNeedsAnIdOfTheRightForm() throws ValidationException {
    var request = CreateProjectRequest.newBuilder().setProject(Project.getDefaultInstance());
    assertThat(blamed(request.setProjectId("shop-2").build())).isEmpty();
    assertThat(blamed(request.setProjectId("s").build())).isEmpty();
    for (var wrong : List.of("", "Shop", "2shop", "shop-", "a b", "a/b", "s".repeat(64))) {
      assertThat(blamed(request.setProjectId(wrong).build())).containsExactly("project_id");
    }
  }

  @Test
  void aSamplingSizeIsNotNegative() throws ValidationException {
    var settings = ProjectSettings.newBuilder().setSamplingSize(-1);
    var request =
        CreateProjectRequest.newBuilder()
            .setProjectId("shop")
            .setProject(Project.newBuilder().setSettings(settings));
    assertThat(blamed(request.build())).containsExactly("project.settings.sampling_size");
  }

  @Test
  void aMaximumAgeIsPositive() throws ValidationException {
    var settings = ProjectSettings.newBuilder().setMaximumAge(Duration.getDefaultInstance());
    var request =
        CreateProjectRequest.newBuilder()
            .setProjectId("shop")
            .setProject(Project.newBuilder().setSettings(settings));
    assertThat(blamed(request.build())).containsExactly("project.settings.maximum_age");
    settings.setMaximumAge(Duration.newBuilder().setSeconds(3600));
    assertThat(blamed(request.setProject(Project.newBuilder().setSettings(settings)).build()))
        .isEmpty();
  }

  @Test
  void anInstanceNeedsAnEngineAHostAndAUserWhenItIsCreated() throws ValidationException {
    var request = CreateInstanceRequest.newBuilder().setInstanceId("prod");
    assertThat(blamed(request.build())).containsExactly("instance");
    assertThat(messages(request.setInstance(Instance.getDefaultInstance()).build()))
        .containsExactly(
            "instance.engine must be set",
            "instance.host must be set",
            "instance.user must be set");
    assertThat(blamed(request.setInstance(instance()).build())).isEmpty();
  }

  @Test
  void portsAndPasswordReferencesHaveTheirForms() throws ValidationException {
    var request = CreateInstanceRequest.newBuilder().setInstanceId("prod");
    assertThat(blamed(request.setInstance(instance().setPort(65536)).build()))
        .containsExactly("instance.port");
    assertThat(blamed(request.setInstance(instance().setPassword(env("PG_PASSWORD"))).build()))
        .isEmpty();
    assertThat(blamed(request.setInstance(instance().setPassword(env("no good"))).build()))
        .containsExactly("instance.password.env");
    assertThat(blamed(request.setInstance(instance().setPassword(env(""))).build()))
        .containsExactly("instance.password.env");
  }

  @Test
  void aDatabaseMayHaveAnyNameTheServerAllows() throws ValidationException {
    for (var name : List.of("app", "a/b", "a b", "été", "line\nbreak", "instances/x")) {
      var request =
          GetDatabaseRequest.newBuilder().setName("instances/prod/databases/" + name).build();
      assertThat(blamed(request)).as(name).isEmpty();
    }
    for (var wrong : List.of("", "app", "instances/prod/databases/", "instances//databases/app")) {
      assertThat(blamed(GetDatabaseRequest.newBuilder().setName(wrong).build()))
          .as(wrong)
          .containsExactly("name");
    }
  }

  @Test
  void onlyListsTakeADashForAll() throws ValidationException {
    assertThat(blamed(ListDatabasesRequest.newBuilder().setParent("instances/-").build()))
        .isEmpty();
    assertThat(blamed(GetDatabaseRequest.newBuilder().setName("instances/-/databases/a").build()))
        .containsExactly("name");
  }

  @Test
  void labelsHaveShortKeysAndValues() throws ValidationException {
    var database = Database.newBuilder().setName("instances/prod/databases/app");
    var request = UpdateDatabaseRequest.newBuilder();
    assertThat(blamed(request.setDatabase(database.putLabels("region", "eu")).build())).isEmpty();
    assertThat(blamed(request.setDatabase(database.putLabels("Region", "eu")).build()))
        .containsExactly("database.labels[\"Region\"]");
    assertThat(messages(UpdateDatabaseRequest.newBuilder().setDatabase(nameless()).build()))
        .containsExactly("database.name must be set");
  }

  @Test
  void aSpecNeedsAConfigAndAChangeNeedsOneSource() throws ValidationException {
    assertThat(blamed(planOf(Spec.newBuilder().setId("one").build())))
        .containsExactly("plan.specs[0].config");
    var both =
        ChangeDatabaseConfig.newBuilder()
            .setSheet(SHEET)
            .setRelease("projects/shop/releases/r1")
            .build();
    var none = ChangeDatabaseConfig.getDefaultInstance();
    for (var wrong : List.of(both, none)) {
      assertThat(messages(planOf(spec("one", wrong))))
          .containsExactly("exactly one of sheet and release must be set");
    }
    assertThat(blamed(planOf(spec("one", change("app"))))).isEmpty();
  }

  @Test
  void specsHaveIdsOfTheirOwnOrNone() throws ValidationException {
    assertThat(blamed(planOf(spec("", change("a")), spec("", change("b"))))).isEmpty();
    assertThat(messages(planOf(spec("one", change("a")), spec("one", change("b")))))
        .containsExactly("specs must have ids of their own: give each another one, or none");
    assertThat(blamed(planOf(spec("not so", change("a"))))).containsExactly("plan.specs[0].id");
  }

  @Test
  void aChangeNamesEachTargetOnceAndByItsFullName() throws ValidationException {
    assertThat(messages(planOf(spec("one", change("a", "b", "a")))))
        .containsExactly("targets must name each database once");
    var short1 = ChangeDatabaseConfig.newBuilder().setSheet(SHEET).addTargets("app").build();
    assertThat(blamed(planOf(spec("one", short1))))
        .containsExactly("plan.specs[0].change_database_config.targets[0]");
  }

  @Test
  void aPlanOfAsManyTargetsAsAllowedIsCheckedInSeconds() throws ValidationException {
    var names = IntStream.range(0, 100_000).mapToObj(i -> "t" + i).toArray(String[]::new);
    var started = System.nanoTime();
    assertThat(blamed(planOf(spec("one", change(names))))).isEmpty();
    assertThat(System.nanoTime() - started).isLessThan(20_000_000_000L);
  }

  @Test
  void anUpdateSaysWhat() throws ValidationException {
    var request = UpdatePlanRequest.newBuilder().setPlan(Plan.getDefaultInstance());
    assertThat(messages(request.build())).containsExactly("plan.name must be set");
  }

  @Test
  void theRunIsNamedAsTheSingletonOfItsPlan() throws ValidationException {
    var request = GetPlanCheckRunRequest.newBuilder();
    assertThat(blamed(request.setName("projects/shop/plans/7/planCheckRun").build())).isEmpty();
    for (var wrong :
        List.of("", "projects/shop/plans/7", "projects/shop/plans/0/planCheckRun", "x")) {
      assertThat(blamed(request.setName(wrong).build())).as(wrong).containsExactly("name");
    }
  }

  @Test
  void aFilterNamesStatusesThatThereAre() throws ValidationException {
    var request = ListPlanCheckRunsRequest.newBuilder().setParent("projects/-");
    assertThat(blamed(request.addStatuses(PlanCheckRun.Status.DONE).build())).isEmpty();
    assertThat(blamed(request.addStatusesValue(99).build())).containsExactly("statuses[1]");
    assertThat(
            blamed(
                ListPlanCheckRunsRequest.newBuilder()
                    .setParent("projects/shop")
                    .addResultStatuses(FindingStatus.FINDING_STATUS_UNSPECIFIED)
                    .build()))
        .containsExactly("result_statuses[0]");
  }

  /// The canary of `everyValidationRuleCompiles`.
  @Test
  void aRuleThatDoesNotCompileIsNoticed() throws DescriptorValidationException {
    var wrong = Rule.newBuilder().setId("x").setExpression("this.nothing == 1").build();
    var options =
        MessageOptions.newBuilder()
            .setExtension(ValidateProto.message, MessageRules.newBuilder().addCel(wrong).build());
    var file =
        FileDescriptorProto.newBuilder()
            .setName("canary.proto")
            .setSyntax("proto3")
            .addMessageType(DescriptorProto.newBuilder().setName("Canary").setOptions(options));
    var messages = FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]).getMessageTypes();
    assertThatThrownBy(() -> ValidatorFactory.newBuilder().buildWithDescriptors(messages, true))
        .isInstanceOf(CompilationException.class);
  }

  private static Database nameless() {
    return Database.getDefaultInstance();
  }

  private static Instance.Builder instance() {
    return Instance.newBuilder()
        .setEngine(Engine.POSTGRESQL)
        .setHost("db.example.org")
        .setUser("checker");
  }

  private static Password env(String name) {
    return Password.newBuilder().setEnv(name).build();
  }

  private static CreatePlanRequest planOf(Spec... specs) {
    return CreatePlanRequest.newBuilder()
        .setParent("projects/shop")
        .setPlan(Plan.newBuilder().addAllSpecs(List.of(specs)))
        .build();
  }

  private static Spec spec(String id, ChangeDatabaseConfig config) {
    return Spec.newBuilder().setId(id).setChangeDatabaseConfig(config).build();
  }

  private static ChangeDatabaseConfig change(String... databases) {
    var config = ChangeDatabaseConfig.newBuilder().setSheet(SHEET);
    for (var database : databases) {
      config.addTargets("instances/prod/databases/" + database);
    }
    return config.build();
  }

  private List<String> blamed(Message message) throws ValidationException {
    return validator.validate(message).getViolations().stream()
        .map(violation -> path(violation.toProto()))
        .toList();
  }

  private List<String> messages(Message message) throws ValidationException {
    return validator.validate(message).getViolations().stream()
        .map(violation -> violation.toProto().getMessage())
        .toList();
  }

  /// `plan.specs[0].id`
  private static String path(build.buf.validate.Violation violation) {
    var path = new StringBuilder();
    for (var element : violation.getField().getElementsList()) {
      path.append(path.isEmpty() ? "" : ".").append(element.getFieldName());
      if (element.hasIndex()) {
        path.append('[').append(element.getIndex()).append(']');
      }
      if (element.hasStringKey()) {
        path.append("[\"").append(element.getStringKey()).append("\"]");
      }
    }
    return path.toString();
  }
}
