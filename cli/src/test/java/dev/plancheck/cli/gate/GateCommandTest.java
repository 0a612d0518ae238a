// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plancheck.cli.CommandRun;
import dev.plancheck.cli.CommandRun.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Asking for the gate, over answers as the server gives them.
@Timeout(60)
final class GateCommandTest {
  private static final String OPEN = answer("OPEN", "PASS", "");
  private static final String RUNNING =
      answer("BLOCKED", "VERDICT_UNSPECIFIED", reason("RUNNING", "the checks are RUNNING", false));
  private static final String WRONG =
      answer("BLOCKED", "FAIL", reason("ERRORS", "3 results are errors", true));

  @TempDir Path folder;
  private final List<String> asked = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private int status = 200;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().toString());
    var bytes = (answers.size() > 1 ? answers.removeFirst() : answers.getFirst()).getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void anOpenGateIsZero() {
    answers.add(OPEN);

    var answer = gate("shop/7");

    assertThat(answer.exitCode()).isZero();
    assertThat(answer.out())
        .isEqualTo(
            "OPEN  projects/shop/plans/7 for rollout (version 2, checked in attempt 3: PASS, 98 of"
                + " 100 databases)\n");
    assertThat(asked).containsExactly("/v1/projects/shop/plans/7:evaluateGate?purpose=ROLLOUT");
  }

  @Test
  void aShutGateIsOneAndSaysWhy() {
    answers.add(WRONG);

    var answer = gate("projects/shop/plans/7", "--purpose", "approval", "--wait", "10m");

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.out()).endsWith("  ERRORS  3 results are errors\n");
    assertThat(asked).containsExactly("/v1/projects/shop/plans/7:evaluateGate?purpose=APPROVAL");
  }

  @Test
  void waitsForChecksToEnd() {
    answers.addAll(List.of(RUNNING, RUNNING, OPEN));

    var answer = gate("shop/7", "--wait", "1m");

    assertThat(answer.exitCode()).isZero();
    assertThat(asked).hasSize(3);
  }

  @Test
  void waitsNoLongerThanItIsTold() {
    answers.add(RUNNING);

    assertThat(gate("shop/7", "--wait", "1s").exitCode()).isEqualTo(1);
    assertThat(gate("shop/7").exitCode()).isEqualTo(1);
  }

  @Test
  void isThereForPrograms() {
    answers.add(WRONG);

    var json = JsonParser.parseString(gate("shop/7", "--format", "json").out()).getAsJsonObject();

    assertThat(json.keySet())
        .containsExactly(
            "version",
            "plan",
            "purpose",
            "state",
            "planVersion",
            "attempt",
            "verdict",
            "checked",
            "matched",
            "reasons",
            "override");
    assertThat(json.get("override").isJsonNull()).isTrue();
    assertThat(json.getAsJsonArray("reasons").toString())
        .isEqualTo(
            "[{\"kind\":\"ERRORS\",\"message\":\"3 results are errors\",\"overridable\":true}]");
  }

  @Test
  void aPlanThatDoesNotExistIsTheCallersMistake() {
    status = 404;
    answers.add("{\"code\":5,\"message\":\"projects/shop/plans/7 does not exist\"}");

    var answer = gate("shop/7", "--wait", "10m");

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err()).isEqualTo("plancheck: projects/shop/plans/7 does not exist\n");
  }

  @Test
  void aServerThatIsAwayIsThree() {
    server.stop(0);

    assertThat(gate("shop/7").exitCode()).isEqualTo(3);
  }

  @Test
  void refusesWhatIsNoPlan() {
    answers.add(OPEN);

    assertThat(gate("plans/7x").err()).contains("(expected: projects/PROJECT/plans/NUMBER");
    assertThat(gate("shop/7", "--purpose", "fun").err())
        .contains("(expected: rollout or approval)");
    assertThat(asked).isEmpty();
  }

  private Answer gate(String... args) {
    var all = new ArrayList<>(List.of("gate"));
    all.addAll(List.of(args));
    return new CommandRun(folder)
        .environment("PLANCHECK_SERVER", "http://127.0.0.1:" + server.getAddress().getPort())
        .run(all.toArray(String[]::new));
  }

  private static String answer(String state, String verdict, String reasons) {
    return """
    {"state":"%s","purpose":"ROLLOUT","reasons":[%s],"planVersion":2,"attempt":3,"verdict":"%s",
     "targetCount":98,"matchedCount":100}
    """
        .formatted(state, reasons, verdict);
  }

  private static String reason(String kind, String message, boolean overridable) {
    return "{\"kind\":\"%s\",\"message\":\"%s\",\"overridable\":%b}"
        .formatted(kind, message, overridable);
  }
}
