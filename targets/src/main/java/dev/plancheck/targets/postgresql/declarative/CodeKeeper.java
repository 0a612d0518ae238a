// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.declarative;

import java.io.IOException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.pgcodekeeper.core.PgDiff;
import org.pgcodekeeper.core.database.base.jdbc.IJdbcConnector;
import org.pgcodekeeper.core.ignorelist.IgnoreList;
import org.pgcodekeeper.core.ignorelist.IgnoreSchemaList;
import org.pgcodekeeper.core.ignorelist.IgnoredObject;
import org.pgcodekeeper.core.loader.pg.JdbcPgLoader;
import org.pgcodekeeper.core.model.difftree.DbObjType;
import org.pgcodekeeper.core.model.difftree.DiffTree;
import org.pgcodekeeper.core.monitor.IMonitor;
import org.pgcodekeeper.core.schema.AbstractDatabase;
import org.pgcodekeeper.core.settings.CoreSettings;

/// The only class that knows the library: reads schemas, and writes down how one becomes another.
///
/// Owners and privileges, extensions, and what belongs to no schema are left alone.
final class CodeKeeper {
  /// What belongs to a database as a whole, and extensions, which [Extensions] looks after.
  private static final Set<DbObjType> LEFT_ALONE =
      Set.of(
          DbObjType.EXTENSION,
          DbObjType.EVENT_TRIGGER,
          DbObjType.FOREIGN_DATA_WRAPPER,
          DbObjType.SERVER,
          DbObjType.USER_MAPPING);

  /// A schema as the library holds it.
  record Model(AbstractDatabase database) {}

  /// The library met something that it does not understand.
  static final class NotUnderstoodException extends Exception {
    private static final long serialVersionUID = 1L;

    NotUnderstoodException(String message) {
      super(message);
    }
  }

  private CodeKeeper() {}

  /// Reads in the transaction that is open; closes the connection. Throws [NotUnderstoodException]
  /// when a part of the schema could not be read.
  static Model read(Connection connection, BooleanSupplier canceled)
      throws IOException, InterruptedException, NotUnderstoodException {
    var loader =
        new JdbcPgLoader(
            connector(connection), "UTC", settings(), new Stop(canceled), ownSchemas());
    var database = loader.loadAndAnalyze();
    complain(loader.getErrors());
    return new Model(database);
  }

  /// Statements with the library's own comments between them; empty if there is no difference.
  static String script(Model from, Model to)
      throws IOException, InterruptedException, NotUnderstoodException {
    var settings = settings();
    var tree = DiffTree.create(settings, from.database(), to.database());
    tree.setAllChecked();
    var diff = new PgDiff(settings);
    var everything = new IgnoreList();
    everything.setShow(true);
    var script = diff.diff(tree, from.database(), to.database(), null, null, everything);
    complain(diff.getErrors());
    return script;
  }

  private static void complain(List<Object> errors) throws NotUnderstoodException {
    if (!errors.isEmpty()) {
      throw new NotUnderstoodException(String.valueOf(errors.getFirst()).strip());
    }
  }

  private static CoreSettings settings() {
    var settings = new CoreSettings();
    settings.setIgnorePrivileges(true);
    settings.setIgnoreColumnOrder(true);
    settings.setEnableFunctionBodiesDependencies(true);
    var types = new ArrayList<>(List.of(DbObjType.values()));
    types.removeAll(LEFT_ALONE);
    settings.setAllowedTypes(types);
    return settings;
  }

  private static IgnoreSchemaList ownSchemas() {
    var list = new IgnoreSchemaList();
    list.setShow(true);
    for (var schema : Witness.OWN_SCHEMAS) {
      list.add(new IgnoredObject(schema, false, false, true, Set.of()));
    }
    return list;
  }

  private static IJdbcConnector connector(Connection connection) {
    return new IJdbcConnector() {
      @Override
      public Connection getConnection() {
        return connection;
      }

      @Override
      public String getBatchDelimiter() {
        return "";
      }

      @Override
      public String getUrl() {
        return "";
      }
    };
  }

  /// Nobody counts its progress.
  private record Stop(BooleanSupplier canceled) implements IMonitor {
    @Override
    public void setCanceled(boolean wanted) {
      // Whoever wants that has the supplier.
    }

    @Override
    public boolean isCanceled() {
      return canceled.getAsBoolean();
    }

    @Override
    public void worked(int part) {}

    @Override
    public IMonitor createSubMonitor() {
      return this;
    }

    @Override
    public void setWorkRemaining(int size) {}
  }
}
