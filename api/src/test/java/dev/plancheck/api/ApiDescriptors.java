// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.api;

import build.buf.validate.ValidateProto;
import com.google.api.AnnotationsProto;
import com.google.api.ClientProto;
import com.google.api.FieldBehaviorProto;
import com.google.api.ResourceProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.ExtensionRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Our proto files as the build wrote them for the documentation pages, comments included.
final class ApiDescriptors {
  private static final String FILE = "/META-INF/armeria/grpc/plancheck.dsc";

  private final Map<String, FileDescriptorProto> sources = new HashMap<>();
  private final Map<String, FileDescriptor> linked = new HashMap<>();

  private ApiDescriptors(FileDescriptorSet set) throws DescriptorValidationException {
    for (var file : set.getFileList()) {
      sources.put(file.getName(), file);
    }
    for (var file : set.getFileList()) {
      link(file.getName());
    }
  }

  static ApiDescriptors load() {
    var registry = ExtensionRegistry.newInstance();
    AnnotationsProto.registerAllExtensions(registry);
    ClientProto.registerAllExtensions(registry);
    FieldBehaviorProto.registerAllExtensions(registry);
    ResourceProto.registerAllExtensions(registry);
    ValidateProto.registerAllExtensions(registry);
    try (var in = ApiDescriptors.class.getResourceAsStream(FILE)) {
      return new ApiDescriptors(
          FileDescriptorSet.parseFrom(Objects.requireNonNull(in, FILE), registry));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Our own files, without those of others that they import.
  List<FileDescriptor> files() {
    return linked.values().stream()
        .filter(file -> file.getName().startsWith("plancheck/"))
        .sorted((left, right) -> left.getName().compareTo(right.getName()))
        .toList();
  }

  Stream<Descriptor> messages() {
    return files().stream().flatMap(file -> withNested(file.getMessageTypes()));
  }

  Stream<ServiceDescriptor> services() {
    return files().stream().flatMap(file -> file.getServices().stream());
  }

  Stream<MethodDescriptor> methods() {
    return services().flatMap(service -> service.getMethods().stream());
  }

  /// The comment above the element at `path`, as protoc numbers the parts of a file.
  String comment(FileDescriptor file, List<Integer> path) {
    return source(file).getSourceCodeInfo().getLocationList().stream()
        .filter(location -> location.getPathList().equals(path))
        .map(location -> location.getLeadingComments().strip())
        .findFirst()
        .orElse("");
  }

  private FileDescriptorProto source(FileDescriptor file) {
    return Objects.requireNonNull(sources.get(file.getName()), file.getName());
  }

  private FileDescriptor link(String name) throws DescriptorValidationException {
    var known = linked.get(name);
    if (known != null) {
      return known;
    }
    var source = Objects.requireNonNull(sources.get(name), name);
    var imports = new FileDescriptor[source.getDependencyCount()];
    for (var i = 0; i < imports.length; i++) {
      imports[i] = link(source.getDependency(i));
    }
    var file = FileDescriptor.buildFrom(source, imports);
    linked.put(name, file);
    return file;
  }

  private static Stream<Descriptor> withNested(List<Descriptor> messages) {
    return messages.stream()
        .flatMap(
            message -> Stream.concat(Stream.of(message), withNested(message.getNestedTypes())));
  }
}
