// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Locale;
import java.util.Map;

/// How logback starts in every program of ours: to standard error, since standard output belongs to
/// the command. `PLANCHECK_LOG_FORMAT` is `human` (default) or `json`, `PLANCHECK_LOG_LEVEL` the
/// level of our own packages (default `info`); libraries speak from `warn` on.
///
/// Logback finds it as a service, so that nothing is logged before it is in force.
public final class LogSetup extends ContextAwareBase implements Configurator {
  private static final String PATTERN =
      "%d{HH:mm:ss.SSS} %-5level %logger{0} - %msg%n%ex{full,java.lang.reflect}";

  /// Says at start-up what is no fault: that the stream of progress is not transcoded (it is served
  /// as events), and that virtual threads have no pool to measure. The driver of MySQL and MariaDB
  /// repeats what a server says of a query, values included, and throws it, too.
  private static final Map<String, Level> QUIET =
      Map.of(
          "com.linecorp.armeria.server.grpc.HttpJsonTranscodingServiceBuilder", Level.ERROR,
          "io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics", Level.ERROR,
          "org.mariadb.jdbc", Level.OFF);

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    setUp(context, System.getenv());
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  static void setUp(LoggerContext context, Map<String, String> environment) {
    var encoder = new HidingEncoder(encoder(context, environment));
    encoder.setContext(context);
    encoder.start();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(Level.WARN);
    var ours = environment.getOrDefault("PLANCHECK_LOG_LEVEL", "info");
    context.getLogger("dev.plancheck").setLevel(Level.toLevel(ours, Level.INFO));
    QUIET.forEach((name, level) -> context.getLogger(name).setLevel(level));
  }

  private static Encoder<ILoggingEvent> encoder(
      LoggerContext context, Map<String, String> environment) {
    var format = environment.getOrDefault("PLANCHECK_LOG_FORMAT", "human");
    if (format.toLowerCase(Locale.ROOT).equals("json")) {
      var json = new JsonEncoder();
      json.setContext(context);
      json.setWithFormattedMessage(true);
      json.setWithMessage(false);
      json.setWithArguments(false);
      json.setWithContext(false);
      json.setWithSequenceNumber(false);
      json.setWithNanoseconds(false);
      json.start();
      return json;
    }
    var lines = new PatternLayoutEncoder();
    lines.setContext(context);
    lines.setCharset(UTF_8);
    lines.setPattern(PATTERN);
    lines.start();
    return lines;
  }
}
