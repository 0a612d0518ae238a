// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.summary;

import dev.plancheck.checks.summary.AffectedRows.Method;
import dev.plancheck.checks.summary.SummaryReport.ChangedTable;
import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.checks.target.TableSize;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.ScriptContext.Step;
import dev.plancheck.engine.review.Walkthrough;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Schema.Volatility;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes the summary of a script on one target from what was read of it: a pure function.
///
/// A number that could not be had is UNKNOWN, and so is every sum it belongs to; it is never 0.
public final class Summary {
  private static final Set<String> CODE = Set.of("DO", "CALL", "EXECUTE");
  private static final String ANALYZED = "EXPLAIN ANALYZE executes its statement";
  private static final TableSize NO_SIZE = new TableSize(null, null);
  private static final TableSize NOT_THERE = new TableSize(0L, 0L);

  /// In MariaDB a table that is there is dropped first.
  private static final Pattern REPLACING =
      Pattern.compile(
          "^\\s*CREATE(\\s|/\\*.*?\\*/)+OR(\\s|/\\*.*?\\*/)+REPLACE\\b",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Script script;
  private final Snapshot snapshot;
  private final Engine engine;
  private final Map<Integer, RowEstimate> estimates = new HashMap<>();
  private final Originals originals = new Originals();
  private final Map<ObjectName, RowSum> tables = new LinkedHashMap<>();
  private final Map<ObjectName, Alteration> alterations = new HashMap<>();

  /// What belongs to no table: code that was not looked into, statements not analysed.
  private final RowSum elsewhere = new RowSum();

  private final boolean others;
  private boolean schemaChanged;

  /// Whether the outermost statement of the step is an EXPLAIN.
  private boolean analyzed;

  private Summary(Script script, Snapshot snapshot, List<RowEstimate> answers, boolean others) {
    this.script = script;
    this.snapshot = snapshot;
    this.engine = snapshot.schema().version().engine();
    this.others = others;
    this.schemaChanged = others;
    answers.forEach(answer -> estimates.put(answer.statement(), answer));
  }

  /// The statements whose rows only the target's planner can tell.
  public static List<ScriptStatement> toEstimate(Script script) {
    return script.statements().stream()
        .filter(statement -> Effects.needsPlan(statement.statement()))
        .toList();
  }

  /// `answers` are the target's, about [#toEstimate]. `others` tells that other scripts run there
  /// before this one, and that what it needs may come from them.
  public static SummaryReport of(
      Script script, Snapshot snapshot, List<RowEstimate> answers, boolean others) {
    var summary = new Summary(script, snapshot, answers, others);
    var last = -1;
    for (var step : Walkthrough.of(script, snapshot.schema()).steps()) {
      summary.step(step, step.statement().index() != last);
      last = step.statement().index();
    }
    return new SummaryReport(
        snapshot.fingerprint(),
        script.statements().stream()
            .map(s -> StatementTypes.of(s.statement(), script.version().engine()))
            .toList(),
        summary.changedTables(),
        summary.total());
  }

  private void step(Step step, boolean outermost) {
    var statement = step.statement().statement();
    var schema = step.schema();
    var changed =
        ChangedNames.of(statement, schema).stream()
            .filter(name -> !Schema.TEMPORARY.equals(name.schema()))
            .toList();
    changed.forEach(this::table);
    alteration(step);
    if (outermost) {
      analyzed = statement instanceof Statement.Explain;
    }
    if (outermost || !Effects.isWrite(statement)) {
      // Beside the statement itself: a part of CREATE SCHEMA, or what EXPLAIN ANALYZE runs.
      rows(step, changed);
    } else if (!(estimates.get(step.statement().index()) instanceof RowEstimate.Planned)) {
      // A write within a query is part of the query's plan; there is none.
      unplanned(changed, unknown(step, analyzed ? ANALYZED : "it was not planned"));
    }
    originals.follow(statement, schema);
    schemaChanged |= Effects.changesSchema(statement);
  }

  /// Of a table that somebody may be using: what the script itself makes can be altered in any way.
  private void alteration(Step step) {
    var altered =
        switch (step.statement().statement()) {
          case Statement.AlterTable alter -> alter.table();
          case Statement.CreateIndex create -> create.table();
          case Statement _ -> null;
        };
    if (altered == null || !step.schema().isInUse(altered)) {
      return;
    }
    Alteration.of(step.statement(), step.schema().withSettings(step.session().settings()))
        .ifPresent(alteration ->
            alterations.merge(
                originals.of(Originals.qualified(step.schema(), altered)),
                alteration,
                Alteration::and));
  }

  private RowSum table(ObjectName name) {
    return tables.computeIfAbsent(originals.of(name), _ -> new RowSum());
  }

  private void rows(Step step, List<ObjectName> changed) {
    switch (step.statement().statement()) {
      case Statement.Insert insert when Effects.isCounted(insert) ->
          changed.forEach(name -> table(name).add(Effects.inserted(insert, step.schema(), name)));
      case Statement.Insert _, Statement.Update _, Statement.Delete _, Statement.Merge _ ->
          planned(step, changed);
      case Statement.Select(_, var query) -> {
        if (!query.writes().isEmpty()) {
          planned(step, changed);
        }
        called(query, step.schema());
      }
      case Statement.Truncate _ -> changed.forEach(name -> table(name).add(allRows(name)));
      case Statement.CreateTable _, Statement.CreateTableAs _ when replaces(step) ->
          changed.stream()
              .filter(step.schema()::isInUse)
              .forEach(name -> table(name).add(allRows(name)));
      case Statement.Drop drop when drop.kind() == ObjectKind.TABLE ->
          changed.forEach(name -> table(name).add(allRows(name)));
      case Statement.Drop drop when Effects.dropsManyTables(drop) ->
          elsewhere.add(unknown(step, "how many rows go with it is not known"));
      case Statement.AlterTable alter when Effects.losesPartitions(alter) ->
          changed.forEach(name -> table(name).add(rowsOfPartitions(step.schema(), name)));
      case Statement.Copy copy when copy.from() -> {
        var note = "the rows of %s are not counted".formatted(StatementTypes.of(copy, engine));
        changed.forEach(name -> table(name).add(AffectedRows.unknown(note)));
      }
      case Statement.Explain explain when explain.analyze() ->
          elsewhere.add(unknown(step, ANALYZED));
      case Statement.Utility utility when CODE.contains(utility.command()) ->
          elsewhere.add(unknown(step, utility.command() + " runs code that was not looked into"));
      case Statement.NotAnalysed(var reason) ->
          elsewhere.add(unknown(step, "not analysed: " + reason));
      case Statement.Rejected _ -> elsewhere.add(unknown(step, "could not be parsed"));
      case Statement.Invalid _ -> elsewhere.add(unknown(step, "a syntax error"));
      case Statement _ -> {}
    }
  }

  private boolean replaces(Step step) {
    return engine == Engine.MARIADB
        && REPLACING.matcher(script.source().slice(step.statement().span())).find();
  }

  private void planned(Step step, List<ObjectName> changed) {
    switch (estimates.get(step.statement().index())) {
      case null -> unplanned(changed, unknown(step, "it was not planned"));
      case RowEstimate.Planned(_, var planned, var notIncluded) -> {
        var note = String.join("; ", notIncluded);
        for (var rows : planned) {
          table(rows.table()).add(new AffectedRows(method(rows.basis()), rows.rows(), note));
        }
      }
      case RowEstimate.MissingObject(_, var message) when schemaChanged ->
          bounded(
              step, changed, message, ", because the plan itself makes what the statement needs");
      case RowEstimate.MissingObject(_, var message) -> unplanned(changed, unknown(step, message));
      case RowEstimate.MissingRight(_, var reason) -> bounded(step, changed, reason, ": " + reason);
      case RowEstimate.NotAvailable(_, var reason) -> unplanned(changed, unknown(step, reason));
    }
  }

  private static Method method(RowEstimate.Basis basis) {
    return switch (basis) {
      case COUNTED -> Method.COUNTED;
      case AT_MOST -> Method.UPPER_BOUND;
      case AT_LEAST -> Method.AT_LEAST;
      case ESTIMATED -> Method.ESTIMATED;
    };
  }

  /// To the tables that are known to change, or else to no table.
  private void unplanned(List<ObjectName> changed, AffectedRows rows) {
    if (changed.isEmpty()) {
      elsewhere.add(rows);
    }
    changed.forEach(name -> table(name).add(rows));
  }

  /// An UPDATE or DELETE that could not be planned reaches each row of its table at most once; of
  /// other statements nothing is known.
  private void bounded(Step step, List<ObjectName> changed, String otherwise, String note) {
    var statement = step.statement().statement();
    var once = statement instanceof Statement.Update || statement instanceof Statement.Delete;
    if (!once || changed.isEmpty()) {
      unplanned(changed, unknown(step, otherwise));
      return;
    }
    for (var name : changed) {
      var rows = size(name).rows();
      // Old statistics may say 0 of a table that has rows: only a proof counts.
      if (rows == null || (rows == 0 && !isEmpty(step.schema(), name))) {
        table(name).add(unknown(step, otherwise));
      } else {
        table(name).add(bound(step, name, rows, note));
      }
    }
  }

  private static boolean isEmpty(Schema schema, ObjectName name) {
    return schema.table(name).filter(table -> table.size() == SizeBand.EMPTY).isPresent();
  }

  private AffectedRows bound(Step step, ObjectName name, long rows, String note) {
    var notes = Effects.notIncluded(step.schema(), name);
    notes.addFirst("all rows of %s%s".formatted(originals.of(name), note));
    return new AffectedRows(Method.UPPER_BOUND, rows, String.join("; ", notes));
  }

  private AffectedRows allRows(ObjectName name) {
    var rows = size(name).rows();
    return rows == null
        ? AffectedRows.unknown("how many rows %s has is not known".formatted(originals.of(name)))
        : new AffectedRows(Method.ESTIMATED, rows, "");
  }

  /// Any number up to all: which rows are in which partition only the table itself could tell.
  private AffectedRows rowsOfPartitions(Schema schema, ObjectName name) {
    var rows = size(name).rows();
    return rows == null || (rows == 0 && !isEmpty(schema, name))
        ? AffectedRows.unknown("the rows of partitions are not counted")
        : new AffectedRows(
            Method.UPPER_BOUND,
            rows,
            "all rows of %s: those of its partitions are not counted"
                .formatted(originals.of(name)));
  }

  /// A query may change rows through a volatile function that users made.
  private void called(Query query, Schema schema) {
    for (var function : query.functions()) {
      if (volatility(function, schema) == Volatility.VOLATILE) {
        elsewhere.add(AffectedRows.unknown("what %s() changes is not known".formatted(function)));
      }
    }
  }

  private static @Nullable Volatility volatility(ObjectName function, Schema schema) {
    if (function.schema() != null) {
      return schema.functions().get(function);
    }
    for (var candidate : schema.searchPath()) {
      var found = schema.functions().get(function.inSchema(candidate));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static AffectedRows unknown(Step step, String why) {
    return AffectedRows.unknown("statement %d: %s".formatted(step.statement().index() + 1, why));
  }

  private TableSize size(ObjectName name) {
    return snapshot.sizes().getOrDefault(originals.of(name), NO_SIZE);
  }

  private List<ChangedTable> changedTables() {
    var changed = new ArrayList<ChangedTable>();
    var made = others ? NO_SIZE : NOT_THERE;
    tables.forEach((name, rows) -> {
      var size = size(name, made);
      changed.add(
          new ChangedTable(
              name.toString(), size.rows(), size.bytes(), rows.sum(), alterations.get(name)));
    });
    return changed;
  }

  /// `made` is that of a table which was not there when the target was read.
  private TableSize size(ObjectName name, TableSize made) {
    var schema = snapshot.schema();
    var absent = schema.known() && !schema.tables().containsKey(name);
    return snapshot.sizes().getOrDefault(name, absent ? made : NO_SIZE);
  }

  private AffectedRows total() {
    var total = new RowSum();
    tables.values().forEach(total::addAll);
    total.addAll(elsewhere);
    return total.sum();
  }
}
