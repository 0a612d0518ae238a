// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.cli.ProcessRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// One `plancheck serve`, as a process of its own, on metadata that it shares with others.
record Replica(ProcessRun run) implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("serves at (http://127\\.0\\.0\\.1:\\d+)");

  /// Returns at once; the server may need seconds until it answers.
  static Replica begin(Path folder, Metadata metadata, String password, String... flags)
      throws IOException {
    var args = new ArrayList<>(List.of("serve", "--port=0"));
    args.add("--data-dir=" + Files.createTempDirectory(folder, "replica"));
    args.addAll(List.of(flags));
    return new Replica(
        ProcessRun.start(
            folder,
            Map.of("PLANCHECK_DATABASE_URL", metadata.url(), Fleet.PASSWORD_VARIABLE, password),
            args.toArray(String[]::new)));
  }

  /// Waits until it serves.
  Replica ready() throws InterruptedException {
    var _ = url();
    return this;
  }

  private URI url() throws InterruptedException {
    var told = URL.matcher(run.awaitErr(text -> URL.matcher(text).find()));
    assertThat(told.find()).isTrue();
    return URI.create(told.group(1));
  }

  /// Asks for a plan's checks.
  void check(PlanName plan) throws IOException, InterruptedException {
    assertThat(post("/v1/%s:runPlanChecks".formatted(plan))).contains("QUEUED");
  }

  void cancel(PlanName plan) throws IOException, InterruptedException {
    assertThat(post("/v1/%s/planCheckRun:cancel".formatted(plan))).contains("CANCELED");
  }

  /// The body of the answer, whatever it is.
  String post(String path) throws IOException, InterruptedException {
    return post(path, "{}");
  }

  String post(String path, String json) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(url().resolve(path))
              .header("Content-Type", "application/json")
              .timeout(ProcessRun.PATIENCE)
              .POST(BodyPublishers.ofString(json))
              .build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  void kill() throws InterruptedException {
    run.process().destroyForcibly();
    assertThat(run.end()).isNotZero();
  }

  void pause() throws IOException, InterruptedException {
    Signals.send("STOP", run.process().pid());
  }

  void goOn() throws IOException, InterruptedException {
    Signals.send("CONT", run.process().pid());
  }

  @Override
  public void close() {
    if (run.process().isAlive()) {
      run.process().destroyForcibly();
    }
    run.close();
  }
}
