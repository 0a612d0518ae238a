// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.AbstractHttpService;
import com.linecorp.armeria.server.ServiceRequestContext;

/// What somebody sees who opens the address in a browser: what this is and where to go.
final class IndexPage extends AbstractHttpService {
  private final HttpData page;

  IndexPage(String version) {
    this.page =
        HttpData.ofUtf8(
            """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark">
            <title>plancheck</title>
            <h1>plancheck %s</h1>
            <p>What will this plan do to every database it targets, and may it go?
            <ul>
            <li><a href="/docs/">/docs</a>: every call of the API, to read and to try
            <li><a href="/v1/projects">/v1/projects</a>, <a href="/v1/instances">/v1/instances</a>,
            <a href="/v1/rules">/v1/rules</a>: the API as JSON
            <li><a href="/health">/health</a>, <a href="/metrics">/metrics</a>: for machines
            </ul>
            </html>
            """
                .formatted(version));
  }

  @Override
  protected HttpResponse doGet(ServiceRequestContext context, HttpRequest request) {
    var headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.HTML_UTF_8)
            .add("content-security-policy", "default-src 'none'")
            .build();
    return HttpResponse.of(headers, page);
  }
}
