// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Refuses what a web page on another site could send to a server on this machine: requests under
/// another host's name (DNS rebinding) and requests that come from another site's page. Until the
/// first token is made nothing else would stop them.
final class LoopbackGuard implements DecoratingHttpServiceFunction {
  private static final Set<String> OWN_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

  @Override
  public HttpResponse serve(HttpService next, ServiceRequestContext context, HttpRequest request)
      throws Exception {
    var authority = request.headers().authority();
    if (authority == null || !isOwn("http://" + authority)) {
      return refuse("Host: %s (expected: localhost or 127.0.0.1)".formatted(authority));
    }
    var origin = request.headers().get(HttpHeaderNames.ORIGIN);
    if (origin != null && !origin.equals("http://" + authority)) {
      return refuse("Origin: %s (expected: a page of this server)".formatted(origin));
    }
    return next.serve(context, request);
  }

  private static boolean isOwn(String url) {
    return OWN_HOSTS.contains(String.valueOf(host(url)));
  }

  private static @Nullable String host(String url) {
    try {
      return new URI(url).getHost();
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static HttpResponse refuse(String why) {
    return HttpResponse.of(HttpStatus.FORBIDDEN, MediaType.PLAIN_TEXT_UTF_8, why + "\n");
  }
}
