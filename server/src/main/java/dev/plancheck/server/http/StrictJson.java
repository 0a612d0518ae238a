// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;

/// JSON as protobuf defines it, with two decisions: an unknown field is refused instead of dropped,
/// so that a typing error is seen; and zeros are printed, so that a count of 0 is there to read.
/// Fields that can be absent (`optional`, messages) are left out when they are.
final class StrictJson implements GrpcJsonMarshaller {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();
  private static final JsonFormat.Parser PARSER = JsonFormat.parser();

  static String print(MessageOrBuilder message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message of ours has no JSON", e);
    }
  }

  @Override
  public <T> void serializeMessage(Marshaller<T> marshaller, T message, OutputStream out)
      throws IOException {
    out.write(PRINTER.print((Message) message).getBytes(UTF_8));
  }

  @Override
  public <T> T deserializeMessage(Marshaller<T> marshaller, InputStream in) throws IOException {
    var prototype = ((PrototypeMarshaller<T>) marshaller).getMessagePrototype();
    var builder = ((Message) requireNonNull(prototype)).newBuilderForType();
    PARSER.merge(new InputStreamReader(in, UTF_8), builder);
    @SuppressWarnings("unchecked") // A builder of the prototype builds what the marshaller is for.
    var message = (T) builder.build();
    return message;
  }
}
