// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.plancheck.server.failure.InvalidRequest;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;

/// Refuses JSON that is not UTF-8, which transcoding would mend with replacement characters: a
/// sheet must be checked exactly as it was written, or not at all.
final class Utf8Body implements DecoratingHttpServiceFunction {
  @Override
  public HttpResponse serve(HttpService next, ServiceRequestContext context, HttpRequest request)
      throws Exception {
    var type = request.contentType();
    if (type == null || !type.isJson()) {
      return next.serve(context, request);
    }
    var text = new Decoding();
    var checked = request.mapData(text::check);
    context.updateRequest(checked);
    return next.serve(context, checked);
  }

  /// Reads a body as it comes, in pieces that may cut a character in two.
  private static final class Decoding {
    private final CharsetDecoder decoder = UTF_8.newDecoder();
    private final CharBuffer ignored = CharBuffer.allocate(8 << 10);
    private byte[] rest = new byte[0];
    private long offset;

    HttpData check(HttpData data) {
      var bytes = withRest(data.array());
      while (true) {
        ignored.clear();
        var before = bytes.position();
        var result = decoder.decode(bytes, ignored, false);
        offset += bytes.position() - before;
        if (result.isError()) {
          throw InvalidRequest.of("", "the body is not UTF-8 at byte %d".formatted(offset));
        }
        if (result.isUnderflow()) {
          rest = new byte[bytes.remaining()];
          bytes.get(rest);
          return data;
        }
      }
    }

    private ByteBuffer withRest(byte[] piece) {
      if (rest.length == 0) {
        return ByteBuffer.wrap(piece);
      }
      var joined = ByteBuffer.allocate(rest.length + piece.length);
      joined.put(rest).put(piece).flip();
      return joined;
    }
  }
}
