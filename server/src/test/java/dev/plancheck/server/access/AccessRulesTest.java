// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.plancheck.api.v1.CreateProjectRequest;
import dev.plancheck.api.v1.DeleteReviewPolicyRequest;
import dev.plancheck.api.v1.GetReviewPolicyRequest;
import dev.plancheck.api.v1.GrantRoleRequest;
import dev.plancheck.api.v1.ListPlanCheckRunsRequest;
import dev.plancheck.api.v1.ListTokensRequest;
import dev.plancheck.api.v1.Plan;
import dev.plancheck.api.v1.PlanServiceGrpc;
import dev.plancheck.api.v1.ProjectServiceGrpc;
import dev.plancheck.api.v1.ReviewPolicyServiceGrpc;
import dev.plancheck.api.v1.UpdatePlanRequest;
import dev.plancheck.api.v1.UserServiceGrpc;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.access.Caller;
import dev.plancheck.checks.access.Grant;
import dev.plancheck.checks.access.Role;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The table of who may call what.
final class AccessRulesTest {
  private static final Caller ADMIN = new Caller("root", Set.of(Grant.everywhere(Role.ADMIN)));
  private static final Caller DEVELOPER =
      new Caller("ann", Set.of(new Grant("shop", Role.DEVELOPER)));
  private static final Caller OWNER =
      new Caller("olga", Set.of(new Grant("shop", Role.PROJECT_OWNER)));
  private static final Caller NOBODY = new Caller("eve", Set.of());

  @Test
  void everyMethodOfEveryServiceHasARowAndNothingElseHas() throws Exception {
    var methods = new ArrayList<String>();
    for (var service : services()) {
      service.getMethods().forEach(method -> methods.add(method.getFullMethodName()));
    }
    assertThat(AccessRules.TABLE.keySet()).containsExactlyInAnyOrderElementsOf(methods);
  }

  @Test
  void everyRowNamesATextOfItsRequest() throws Exception {
    for (var service : services()) {
      for (var method : service.getMethods()) {
        var field =
            switch (AccessRules.of(method.getFullMethodName())) {
              case AccessRule.InProject(_, var path) -> path;
              case AccessRule.Own(var path) -> path;
              case AccessRule.Known _, AccessRule.InWorkspace _ -> "";
            };
        if (!field.isEmpty()) {
          assertThat(type(request(method), field))
              .as("%s of %s", field, method.getFullMethodName())
              .isEqualTo(FieldDescriptor.Type.STRING);
        }
      }
    }
  }

  @Test
  void aMethodWithoutARowCannotBeCalled() {
    assertThatThrownBy(() -> AccessRules.of("plancheck.v1.PlanService/DropEverything"))
        .hasMessageContaining("has no row");
  }

  @Test
  void aRoleCountsInItsProjectOnly() {
    var update = PlanServiceGrpc.getUpdatePlanMethod();
    require(DEVELOPER, update, plan("projects/shop/plans/1"));
    require(ADMIN, update, plan("projects/other/plans/1"));

    assertThat(denial(DEVELOPER, update, plan("projects/other/plans/1")))
        .isEqualTo(
            "users/ann may not write plans and sheets of projects/other (expected: one of the roles"
                + " DEVELOPER, DBA, PROJECT_OWNER, ADMIN there). An ADMIN or a PROJECT_OWNER of it"
                + " grants them: plancheck users grant ann --role DEVELOPER --project other");
    assertThat(denial(NOBODY, update, plan("projects/shop/plans/1"))).contains("users/eve may not");
    assertThat(denial(DEVELOPER, update, plan("users/shop"))).contains("projects/PROJECT");
    assertThat(denial(DEVELOPER, update, plan("projects/\u001b[2J/plans/1")))
        .contains("projects/PROJECT")
        .doesNotContain("\u001b");
  }

  @Test
  void allProjectsNeedARoleInAllOfThem() {
    var list = PlanServiceGrpc.getListPlanCheckRunsMethod();
    var all = ListPlanCheckRunsRequest.newBuilder().setParent("projects/-").build();

    require(new Caller("bob", Set.of(Grant.everywhere(Role.VIEWER))), list, all);
    assertThat(denial(OWNER, list, all)).contains("may not read all projects");
  }

  @Test
  void anOwnerGivesRolesInTheirProjectOnly() {
    var grant = UserServiceGrpc.getGrantRoleMethod();
    require(OWNER, grant, grant("projects/shop"));

    assertThat(denial(OWNER, grant, grant("projects/other"))).contains("may not manage");
    assertThat(denial(OWNER, grant, grant("projects/-"))).contains("may not manage all projects");
    assertThat(denial(DEVELOPER, grant, grant("projects/shop"))).contains("PROJECT_OWNER");
  }

  @Test
  void whatBelongsToNoProjectIsTheAdmins() {
    var create = ProjectServiceGrpc.getCreateProjectMethod();
    require(ADMIN, create, CreateProjectRequest.getDefaultInstance());

    assertThat(denial(OWNER, create, CreateProjectRequest.getDefaultInstance()))
        .contains("users/olga may not do this (expected: the role ADMIN)");
  }

  @Test
  void policiesAreReadByAllAndChangedByAdmins() {
    require(
        NOBODY,
        ReviewPolicyServiceGrpc.getGetReviewPolicyMethod(),
        GetReviewPolicyRequest.getDefaultInstance());
    require(
        ADMIN,
        ReviewPolicyServiceGrpc.getDeleteReviewPolicyMethod(),
        DeleteReviewPolicyRequest.getDefaultInstance());

    for (var change :
        List.of(
            ReviewPolicyServiceGrpc.getCreateReviewPolicyMethod(),
            ReviewPolicyServiceGrpc.getUpdateReviewPolicyMethod(),
            ReviewPolicyServiceGrpc.getDeleteReviewPolicyMethod())) {
      assertThat(denial(OWNER, change, CreateProjectRequest.getDefaultInstance()))
          .contains("users/olga may not do this (expected: the role ADMIN)");
    }
  }

  @Test
  void tokensAreSeenByTheirUserAndByAdmins() {
    var list = UserServiceGrpc.getListTokensMethod();
    var anns = ListTokensRequest.newBuilder().setParent("users/ann").build();
    require(DEVELOPER, list, anns);
    require(ADMIN, list, anns);

    assertThat(denial(NOBODY, list, anns)).contains("users/eve may not do this");
  }

  private static void require(Caller caller, MethodDescriptor<?, ?> method, Message request) {
    AccessRules.of(method.getFullMethodName()).require(caller, request);
  }

  private static String denial(Caller caller, MethodDescriptor<?, ?> method, Message request) {
    try {
      require(caller, method, request);
    } catch (ApiException e) {
      assertThat(e.code()).isEqualTo(ApiException.Code.PERMISSION_DENIED);
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError(caller.name() + " was let in");
  }

  private static Message plan(String name) {
    return UpdatePlanRequest.newBuilder().setPlan(Plan.newBuilder().setName(name)).build();
  }

  private static Message grant(String project) {
    return GrantRoleRequest.newBuilder().setName("users/ann").setProject(project).build();
  }

  private static Descriptor request(MethodDescriptor<?, ?> method) {
    var schema = method.getSchemaDescriptor();
    assertThat(schema).isInstanceOf(ProtoMethodDescriptorSupplier.class);
    return ((ProtoMethodDescriptorSupplier) java.util.Objects.requireNonNull(schema))
        .getMethodDescriptor()
        .getInputType();
  }

  private static FieldDescriptor.Type type(Descriptor message, String path) {
    var dot = path.indexOf('.');
    var field = message.findFieldByName(dot < 0 ? path : path.substring(0, dot));
    assertThat(field).as(path).isNotNull();
    return dot < 0 ? field.getType() : type(field.getMessageType(), path.substring(dot + 1));
  }

  /// All that were generated, whether a server serves them or not.
  private static List<ServiceDescriptor> services() throws Exception {
    var found = new ArrayList<ServiceDescriptor>();
    for (var name : generated()) {
      if (name.endsWith("ServiceGrpc.class")) {
        var type = Class.forName("dev.plancheck.api.v1." + name.replace(".class", ""));
        found.add((ServiceDescriptor) type.getMethod("getServiceDescriptor").invoke(null));
      }
    }
    assertThat(found).hasSizeGreaterThan(5);
    return found;
  }

  private static List<String> generated() throws IOException, URISyntaxException {
    var place =
        Path.of(PlanServiceGrpc.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var folder = "dev/plancheck/api/v1";
    if (Files.isDirectory(place)) {
      return names(place.resolve(folder));
    }
    try (var jar = FileSystems.newFileSystem(place)) {
      return names(jar.getPath(folder));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
