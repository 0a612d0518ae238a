// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.docs.DocService;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingOptions;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingQueryParamMatchRule;
import com.linecorp.armeria.server.prometheus.PrometheusExpositionService;
import dev.plancheck.checks.ApiException;
import dev.plancheck.server.access.AccessControl;
import dev.plancheck.server.grpc.Constraints;
import dev.plancheck.server.grpc.Police;
import dev.plancheck.server.watch.RunWatches;
import io.grpc.BindableService;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;

/// Room: the one port. Everything that a caller can reach is listed here.
public final class ApiServer implements AutoCloseable {
  /// What is served: services of the API and who may call them, watches, numbers, and the question
  /// whether storage is there.
  public record Faces(
      List<BindableService> services,
      AccessControl access,
      RunWatches watches,
      PrometheusMeterRegistry numbers,
      BooleanSupplier storageAnswers,
      String version) {
    public Faces {
      services = List.copyOf(services);
    }
  }

  private final Server server;
  private final ScheduledExecutorService threads;
  private final RunWatches watches;
  private final HttpConfig config;

  private ApiServer(
      Server server, ScheduledExecutorService threads, RunWatches watches, HttpConfig config) {
    this.server = server;
    this.threads = threads;
    this.watches = watches;
    this.config = config;
  }

  /// Throws [ApiException] FAILED_PRECONDITION when the port is in use.
  public static ApiServer start(HttpConfig config, Faces faces) {
    config.requireFreePort();
    allowLongTexts();
    var threads = VirtualThreads.start();
    var server = build(config, faces, threads);
    try {
      server.start().join();
    } catch (CompletionException e) {
      threads.shutdownNow();
      throw new IllegalStateException("the server cannot listen", Exceptions.peel(e));
    }
    return new ApiServer(server, threads, faces.watches(), config);
  }

  /// Transcoding reads JSON with Jackson, whose own limit for one text is below that of a sheet. It
  /// can only be set for the whole process, and before the first reader is made.
  private static void allowLongTexts() {
    StreamReadConstraints.overrideDefaultStreamReadConstraints(
        StreamReadConstraints.builder().maxStringLength(Limits.MAX_REQUEST_BYTES).build());
  }

  private static Server build(HttpConfig config, Faces faces, ScheduledExecutorService threads) {
    var failures = new RestFailures();
    return Server.builder()
        .http(config.address())
        .connectionDrainDuration(Duration.ZERO)
        .maxNumConnections(Limits.MAX_CONNECTIONS)
        .maxRequestLength(Limits.MAX_REQUEST_BYTES)
        .requestTimeout(Limits.REQUEST)
        .gracefulShutdownTimeout(Duration.ZERO, Limits.STOP)
        .blockingTaskExecutor(threads, false)
        .meterRegistry(faces.numbers())
        .errorHandler(failures)
        // What a client did wrong is answered to the client; our own failures are logged where they
        // are answered.
        .unloggedExceptionsReportIntervalMillis(0)
        .disableServerHeader()
        .decorator(new LoopbackGuard())
        .service("/", new IndexPage(faces.version()))
        .service("/health", new Health(faces.storageAnswers()))
        .service(
            "/metrics", PrometheusExpositionService.of(faces.numbers().getPrometheusRegistry()))
        .serviceUnder("/docs", DocService.builder().webAppTitle("plancheck API").build())
        .service(RunEvents.PATH, new RunEvents(faces.watches(), faces.access()))
        .service(
            calls(faces, failures),
            service -> service.decorate(new QueryParameters()).decorate(new Utf8Body()))
        .build();
  }

  private static GrpcService calls(Faces faces, RestFailures failures) {
    return GrpcService.builder()
        .addServices(faces.services())
        .intercept(new Police(), new TimeLimit(), new Constraints(), faces.access())
        .exceptionHandler(new CallFailures())
        .enableHttpJsonTranscoding(
            HttpJsonTranscodingOptions.builder()
                .queryParamMatchRules(
                    HttpJsonTranscodingQueryParamMatchRule.JSON_NAME,
                    HttpJsonTranscodingQueryParamMatchRule.LOWER_CAMEL_CASE,
                    HttpJsonTranscodingQueryParamMatchRule.ORIGINAL_FIELD)
                .errorHandler(failures)
                .build())
        .jsonMarshallerFactory(_ -> new StrictJson())
        .maxRequestMessageLength(Limits.MAX_REQUEST_BYTES)
        .maxResponseMessageLength(Limits.MAX_ANSWER_BYTES)
        .useBlockingTaskExecutor(true)
        .build();
  }

  /// `http://127.0.0.1:8080`, with the port that was taken.
  public URI url() {
    return URI.create("http://%s:%d".formatted(config.host(), server.activeLocalPort()));
  }

  /// Waits until the server is stopped by another thread.
  public void awaitStop() throws InterruptedException {
    server.whenClosed().join();
  }

  /// Takes no more requests, lets running ones finish for a while, and ends all watches.
  @Override
  public void close() {
    watches.close();
    var stopped = server.stop();
    try {
      // Not until it has stopped: that takes two more seconds, in which it does nothing.
      while (!stopped.isDone() && isServing()) {
        Thread.sleep(Duration.ofMillis(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
  }

  private boolean isServing() {
    return !server.activePorts().isEmpty() || server.numConnections() > 0;
  }
}
