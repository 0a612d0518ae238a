// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.GrpcService;
import dev.plancheck.server.failure.InvalidRequest;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Refuses query parameters that transcoding would drop without a word, would let overwrite the
/// path, or would read as something else than was written.
final class QueryParameters implements DecoratingHttpServiceFunction {
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z0-9_.]+)");

  private final Map<MethodDescriptor, Map<String, FieldDescriptor>> known =
      new ConcurrentHashMap<>();

  @Override
  public HttpResponse serve(HttpService next, ServiceRequestContext context, HttpRequest request)
      throws Exception {
    var method = method(context);
    if (method != null && !context.queryParams().isEmpty()) {
      check(context, known.computeIfAbsent(method, QueryParameters::fields));
    }
    return next.serve(context, request);
  }

  private static @Nullable MethodDescriptor method(ServiceRequestContext context) {
    var service = context.config().service().as(GrpcService.class);
    var method = service == null ? null : service.methodDefinition(context);
    return method != null
            && method.getMethodDescriptor().getSchemaDescriptor()
                instanceof ProtoMethodDescriptorSupplier supplier
        ? supplier.getMethodDescriptor()
        : null;
  }

  private static void check(ServiceRequestContext context, Map<String, FieldDescriptor> fields) {
    var seen = new HashSet<FieldDescriptor>();
    for (var parameter : context.queryParams()) {
      var name = parameter.getKey();
      var field = fields.get(name);
      if (field == null) {
        throw InvalidRequest.of(
            name,
            "is no parameter of this call (expected: %s)"
                .formatted(fields.isEmpty() ? "none" : String.join(", ", camelCase(fields))));
      }
      if (!seen.add(field) && !field.isRepeated()) {
        throw InvalidRequest.of(name, "is given twice (expected: once)");
      }
      checkValue(name, field, parameter.getValue());
    }
  }

  private static void checkValue(String name, FieldDescriptor field, String value) {
    switch (field.getJavaType()) {
      case INT -> parse(name, "a number", () -> Integer.parseInt(value));
      case LONG -> parse(name, "a number", () -> Long.parseLong(value));
      case FLOAT, DOUBLE -> parse(name, "a number", () -> Double.parseDouble(value));
      case BOOLEAN -> {
        if (!value.equals("true") && !value.equals("false")) {
          throw InvalidRequest.of(name, "is no boolean (expected: true or false)");
        }
      }
      case ENUM -> {
        if (field.getEnumType().findValueByName(value) == null) {
          throw InvalidRequest.of(
              name,
              "is not one of %s"
                  .formatted(
                      field.getEnumType().getValues().stream()
                          .filter(known -> known.getNumber() != 0)
                          .map(known -> known.getName())
                          .toList()));
        }
      }
      case STRING, BYTE_STRING, MESSAGE -> {}
    }
  }

  private static void parse(String name, String expected, Runnable parsing) {
    try {
      parsing.run();
    } catch (NumberFormatException e) {
      throw InvalidRequest.of(name, "cannot be read (expected: %s)".formatted(expected));
    }
  }

  /// The fields that neither the path nor the body binds, by both of their names.
  private static Map<String, FieldDescriptor> fields(MethodDescriptor method) {
    var rule = method.getOptions().getExtension(AnnotationsProto.http);
    var bound = bound(rule);
    var fields = new HashMap<String, FieldDescriptor>();
    if (!rule.getBody().equals("*")) {
      add(fields, "", method.getInputType(), bound);
    }
    return Map.copyOf(fields);
  }

  private static void add(
      Map<String, FieldDescriptor> fields, String prefix, Descriptor type, Set<String> bound) {
    for (var field : type.getFields()) {
      if (bound.contains(prefix + field.getName()) || isForBodiesOnly(field)) {
        continue;
      }
      fields.put(prefix + field.getName(), field);
      fields.put(prefix + field.getJsonName(), field);
    }
  }

  private static boolean isForBodiesOnly(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && !field.getMessageType().getFullName().equals("google.protobuf.FieldMask");
  }

  private static Set<String> bound(HttpRule rule) {
    var path =
        switch (rule.getPatternCase()) {
          case GET -> rule.getGet();
          case PUT -> rule.getPut();
          case POST -> rule.getPost();
          case DELETE -> rule.getDelete();
          case PATCH -> rule.getPatch();
          case CUSTOM -> rule.getCustom().getPath();
          case PATTERN_NOT_SET -> "";
        };
    var bound = new HashSet<String>();
    bound.add(rule.getBody());
    VARIABLE.matcher(path).results().forEach(match -> bound.add(match.group(1)));
    return bound;
  }

  private static Set<String> camelCase(Map<String, FieldDescriptor> fields) {
    var names = new TreeSet<String>();
    fields.values().forEach(field -> names.add(field.getJsonName()));
    return names;
  }
}
