// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Under which account a server runs: PostgreSQL refuses to run as root, and others need not.
public sealed interface RunAs {
  /// The command, wrapped so that it runs under the account.
  List<String> wrap(List<String> command);

  /// Hands a file or folder that this process made to the account.
  void handOver(Path path) throws IOException;

  /// Refuses a data folder of another account, which PostgreSQL would not open.
  void checkOwner(Path data) throws IOException;

  /// What to add to an error of the server's programs, so that a refused access is understood.
  String hint();

  /// An ordinary user, or Windows, where `pg_ctl` gives up an administrator's rights itself.
  record Self() implements RunAs {
    @Override
    public List<String> wrap(List<String> command) {
      return command;
    }

    @Override
    public void handOver(Path path) {}

    @Override
    public void checkOwner(Path data) {}

    @Override
    public String hint() {
      return "";
    }
  }

  /// Root, inside a user namespace of its own: nobody to the server, still root to the files.
  record UserNamespace() implements RunAs {
    @Override
    public List<String> wrap(List<String> command) {
      return prepend(List.of("unshare", "--user"), command);
    }

    @Override
    public void handOver(Path path) {}

    @Override
    public void checkOwner(Path data) throws IOException {
      requireOwner(data, 0, "root");
    }

    @Override
    public String hint() {
      return "\n(PostgreSQL runs in a user namespace: root may enter only what belongs to root.)";
    }
  }

  /// Root, where user namespaces are refused: an unprivileged account, which owns the files.
  record Account(String name, int uid, int gid, Tool tool) implements RunAs {
    enum Tool {
      SETPRIV,
      RUNUSER
    }

    @Override
    public List<String> wrap(List<String> command) {
      return switch (tool) {
        case SETPRIV ->
            prepend(
                List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups"), command);
        case RUNUSER -> prepend(List.of("runuser", "-u", name, "--"), command);
      };
    }

    @Override
    public void handOver(Path path) throws IOException {
      Files.setAttribute(path, "unix:uid", uid);
      Files.setAttribute(path, "unix:gid", gid);
    }

    @Override
    public void checkOwner(Path data) throws IOException {
      requireOwner(data, uid, name);
    }

    @Override
    public String hint() {
      return "\n(PostgreSQL runs under the account %s, which must be able to enter these folders.)"
          .formatted(name);
    }
  }

  /// Root on a system that allows none of these: nothing can be run.
  record Refused(String reason) implements RunAs {
    @Override
    public List<String> wrap(List<String> command) {
      throw new ClusterException(reason);
    }

    @Override
    public void handOver(Path path) {}

    @Override
    public void checkOwner(Path data) {}

    @Override
    public String hint() {
      return "";
    }
  }

  /// Looks at this process and asks the system, once, what it allows.
  static RunAs detect() {
    return Detected.VALUE;
  }

  /// Loaded at the first question.
  final class Detected {
    private static final RunAs VALUE = AccountProbe.ofThisSystem().choose();

    private Detected() {}
  }

  private static void requireOwner(Path data, int uid, String name) throws IOException {
    if (!Files.getAttribute(data, "unix:uid").equals(uid)) {
      throw new ClusterException(
          """
          %s belongs to %s, and PostgreSQL would run here as %s: start plancheck as that user, \
          or give the folder to %s with chown -R\
          """
              .formatted(data, Files.getOwner(data), name, name));
    }
  }

  private static List<String> prepend(List<String> prefix, List<String> command) {
    var all = new ArrayList<>(prefix);
    all.addAll(command);
    return List.copyOf(all);
  }
}
