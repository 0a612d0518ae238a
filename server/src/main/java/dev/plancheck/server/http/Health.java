// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.AbstractHttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether this server can do its work now: 200 when its storage answers, else 503. Says no reason,
/// because anybody may ask; the log does.
final class Health extends AbstractHttpService {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final BooleanSupplier storageAnswers;

  Health(BooleanSupplier storageAnswers) {
    this.storageAnswers = storageAnswers;
  }

  @Override
  protected HttpResponse doGet(ServiceRequestContext context, HttpRequest request) {
    return HttpResponse.of(
        CompletableFuture.supplyAsync(storageAnswers::getAsBoolean, context.blockingTaskExecutor())
            .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .handle((up, failure) -> answer(failure == null && up, failure)));
  }

  private static HttpResponse answer(boolean up, @Nullable Throwable why) {
    if (!up) {
      LOG.warn("storage does not answer", why);
    }
    var word = up ? "UP" : "DOWN";
    return HttpResponse.of(
        up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
        MediaType.JSON_UTF_8,
        "{\"status\":\"%s\",\"storage\":\"%s\"}\n".formatted(word, word));
  }
}
