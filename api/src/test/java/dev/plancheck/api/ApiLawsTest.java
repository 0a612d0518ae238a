// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import build.buf.protovalidate.ValidatorFactory;
import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.api.ResourceProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What holds for every message and every method of the API.
final class ApiLawsTest {
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_.]+)=[^}]*}");

  private final ApiDescriptors api = ApiDescriptors.load();

  @Test
  void everyFileIsProto3InOneOfTheTwoPackages() {
    assertThat(api.files()).hasSizeGreaterThan(10);
    for (var file : api.files()) {
      assertThat(file.toProto().getSyntax()).as(file.getName()).isEqualTo("proto3");
      assertThat(file.getPackage()).as(file.getName()).isIn("plancheck.v1", "plancheck.store");
      assertThat(file.getOptions().getJavaMultipleFiles()).as(file.getName()).isTrue();
      assertThat(file.getOptions().getJavaPackage())
          .as(file.getName())
          .isEqualTo("dev.plancheck.api" + file.getPackage().substring("plancheck".length()));
    }
  }

  @Test
  void everyValidationRuleCompiles() {
    var messages = api.messages().toList();
    assertThatNoException()
        .isThrownBy(() -> ValidatorFactory.newBuilder().buildWithDescriptors(messages, true));
  }

  @Test
  void everyMethodHasAnHttpRuleOfItsOwn() {
    assertThat(api.methods()).hasSizeGreaterThan(20);
    var taken = new HashSet<String>();
    for (var method : (Iterable<MethodDescriptor>) api.methods()::iterator) {
      assertThat(method.getOptions().hasExtension(AnnotationsProto.http))
          .as(method.getFullName())
          .isTrue();
      assertThat(taken.add(address(http(method)))).as(address(http(method))).isTrue();
    }
  }

  @Test
  void everyPathBeginsWithTheVersionAndNamesFieldsOfTheRequest() {
    for (var method : (Iterable<MethodDescriptor>) api.methods()::iterator) {
      var path = path(http(method));
      assertThat(path).as(method.getFullName()).startsWith("/v1/");
      var variables = VARIABLE.matcher(path);
      while (variables.find()) {
        assertThat(hasField(method.getInputType(), variables.group(1)))
            .as("%s: {%s}", method.getFullName(), variables.group(1))
            .isTrue();
      }
    }
  }

  @Test
  void everyBodyIsTheWholeRequestOrAFieldOfIt() {
    for (var method : (Iterable<MethodDescriptor>) api.methods()::iterator) {
      var body = http(method).getBody();
      var allowed =
          body.isEmpty() || body.equals("*") || method.getInputType().findFieldByName(body) != null;
      assertThat(allowed).as("%s: body %s", method.getFullName(), body).isTrue();
    }
  }

  @Test
  void everyMethodAndEveryMessageIsExplained() {
    for (var file : api.files()) {
      var services = file.getServices();
      for (var s = 0; s < services.size(); s++) {
        assertExplained(file, List.of(6, s), services.get(s).getFullName());
        var methods = services.get(s).getMethods();
        for (var m = 0; m < methods.size(); m++) {
          assertExplained(file, List.of(6, s, 2, m), methods.get(m).getFullName());
        }
      }
      for (var message : file.getMessageTypes()) {
        if (!isRequestOrAnswer(message)) {
          assertExplained(file, List.of(4, message.getIndex()), message.getFullName());
        }
      }
    }
  }

  @Test
  void everyMethodThatCanFailSaysHow() {
    for (var file : api.files()) {
      for (var service : file.getServices()) {
        for (var method : service.getMethods()) {
          var comment = api.comment(file, List.of(6, service.getIndex(), 2, method.getIndex()));
          assertThat(comment).as(method.getFullName()).contains("Errors: ");
        }
      }
    }
  }

  @Test
  void countsAre32BitsWideUnlessTheyCountRowsOrBytes() {
    for (var message : (Iterable<Descriptor>) api.messages()::iterator) {
      for (var field : message.getFields()) {
        var name = field.getName();
        if (name.endsWith("_count") && !name.equals("row_count") && !name.equals("byte_count")) {
          assertThat(field.getType()).as(field.getFullName()).isEqualTo(FieldDescriptor.Type.INT32);
        }
      }
    }
  }

  @Test
  void everyEnumBeginsWithUnspecified() {
    for (var file : api.files()) {
      file.getEnumTypes().forEach(ApiLawsTest::assertBeginsWithUnspecified);
    }
    api.messages()
        .flatMap(message -> message.getEnumTypes().stream())
        .forEach(ApiLawsTest::assertBeginsWithUnspecified);
  }

  @Test
  void everyResourceHasANameAndEveryListIsPaged() {
    for (var message : (Iterable<Descriptor>) api.messages()::iterator) {
      if (message.getOptions().hasExtension(ResourceProto.resource)) {
        assertThat(message.findFieldByName("name")).as(message.getFullName()).isNotNull();
      }
    }
    for (var method : (Iterable<MethodDescriptor>) api.methods()::iterator) {
      if (method.getName().startsWith("List")) {
        assertThat(method.getInputType().findFieldByName("page_token"))
            .as(method.getFullName())
            .isNotNull();
        assertThat(method.getOutputType().findFieldByName("next_page_token"))
            .as(method.getFullName())
            .isNotNull();
      }
    }
  }

  private static void assertBeginsWithUnspecified(EnumDescriptor type) {
    var zero = type.getValues().getFirst();
    assertThat(zero.getNumber()).as(type.getFullName()).isZero();
    assertThat(zero.getName()).as(type.getFullName()).endsWith("_UNSPECIFIED");
  }

  private void assertExplained(FileDescriptor file, List<Integer> path, String name) {
    assertThat(api.comment(file, path)).as("comment above %s", name).isNotEmpty();
  }

  /// Those are explained by their method and their fields.
  private static boolean isRequestOrAnswer(Descriptor message) {
    return message.getName().endsWith("Request") || message.getName().endsWith("Response");
  }

  private static HttpRule http(MethodDescriptor method) {
    return method.getOptions().getExtension(AnnotationsProto.http);
  }

  private static String address(HttpRule rule) {
    return rule.getPatternCase() + " " + path(rule);
  }

  private static String path(HttpRule rule) {
    return switch (rule.getPatternCase()) {
      case GET -> rule.getGet();
      case PUT -> rule.getPut();
      case POST -> rule.getPost();
      case DELETE -> rule.getDelete();
      case PATCH -> rule.getPatch();
      case CUSTOM, PATTERN_NOT_SET -> "";
    };
  }

  private static boolean hasField(Descriptor message, String path) {
    var current = message;
    for (var name : path.split("\\.", -1)) {
      var field = current == null ? null : current.findFieldByName(name);
      if (field == null) {
        return false;
      }
      current =
          field.getJavaType() == FieldDescriptor.JavaType.MESSAGE ? field.getMessageType() : null;
    }
    return true;
  }
}
