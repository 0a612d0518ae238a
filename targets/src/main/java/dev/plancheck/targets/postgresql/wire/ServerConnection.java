// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.SslMode;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/// One connection to one database. It holds no state but the session's own: whoever uses it writes
/// transactions as statements.
///
/// One thread asks at a time; [#cancel], [#abort] and [#close] may come from any. Failures are
/// [PSQLException]s with the server's own code and words, or those of the driver for the network.
public final class ServerConnection {
  /// Of one message, and of all that is answered to one question.
  private static final int MOST_BYTES = 256 << 20;

  private static final int CANCEL_REQUEST = 80_877_102;
  private static final String INVALID_AUTHORIZATION = "28000";
  private static final byte[] NOTHING = {0};

  private final Destination destination;
  private final Socket socket;
  private final Packets packets;
  private final Login.Welcome welcome;

  private ServerConnection(
      Destination destination, Socket socket, Packets packets, Login.Welcome welcome) {
    this.destination = destination;
    this.socket = socket;
    this.packets = packets;
    this.welcome = welcome;
  }

  /// Connects and logs in. Where TLS is only preferred and the server lets this user in without it
  /// alone, without it.
  public static ServerConnection open(
      Destination destination, @Nullable String password, ScramKeys keys) throws SQLException {
    try {
      return attempt(destination, password, keys);
    } catch (SQLException e) {
      if (destination.mode() != SslMode.PREFER || !INVALID_AUTHORIZATION.equals(e.getSQLState())) {
        throw e;
      }
      try {
        return attempt(destination.with(SslMode.DISABLE), password, keys);
      } catch (SQLException second) {
        e.addSuppressed(second);
        throw e;
      }
    }
  }

  private static ServerConnection attempt(
      Destination destination, @Nullable String password, ScramKeys keys) throws SQLException {
    var plain = connect(destination);
    try {
      plain.setTcpNoDelay(true);
      plain.setKeepAlive(true);
      if (destination.answer().isZero()) {
        noticeDeadPeers(plain);
      }
      plain.setSoTimeout(Math.toIntExact(destination.connect().toMillis()));
      var socket = Tls.begin(plain, destination);
      var packets = new Packets(socket, MOST_BYTES);
      var welcome = new Login(packets, socket, destination, password, keys).logIn();
      socket.setSoTimeout(Math.toIntExact(destination.answer().toMillis()));
      return new ServerConnection(destination, socket, packets, welcome);
    } catch (IOException e) {
      cut(plain);
      throw new PSQLException("The login failed.", PSQLState.CONNECTION_FAILURE, e);
    } catch (SQLException | RuntimeException e) {
      cut(plain);
      throw e;
    }
  }

  /// Where a wait has no limit, the network's own signs of life are all there is: after a minute of
  /// silence, and not after two hours.
  private static void noticeDeadPeers(Socket socket) throws IOException {
    var known = socket.supportedOptions();
    if (known.contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 60);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 10);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 6);
    }
  }

  /// To the first of the host's addresses where something listens.
  private static Socket connect(Destination destination) throws SQLException {
    IOException last = null;
    try {
      for (var address : InetAddress.getAllByName(destination.host())) {
        var socket = new Socket();
        try {
          socket.connect(
              new InetSocketAddress(address, destination.port()),
              Math.toIntExact(destination.connect().toMillis()));
          return socket;
        } catch (IOException e) {
          cut(socket);
          last = e;
          if (e instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
            break;
          }
        }
      }
    } catch (IOException e) {
      last = e;
    }
    throw new PSQLException("The connection failed.", PSQLState.CONNECTION_UNABLE_TO_CONNECT, last);
  }

  /// Such as 18.
  public int majorVersion() {
    return welcome.major();
  }

  /// Sends statements, separated by semicolons, as one message, and returns the rows of each that
  /// has rows, as texts. What fails ends the message there.
  public List<List<@Nullable String[]>> ask(String statements) throws SQLException {
    try {
      packets.add('Q', Packets.text(statements));
      return answers();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /// Sends commands, each alone and so that the server takes no more than one command of each text;
  /// as one message too. What fails ends the message there.
  public List<List<@Nullable String[]>> askOneByOne(List<String> commands) throws SQLException {
    // A text that cannot be sent must not leave half a message behind.
    var texts = commands.stream().map(Packets::text).toList();
    try {
      for (var text : texts) {
        packets
            .add('P', NOTHING, text, Packets.int16(0))
            .add('B', NOTHING, NOTHING, Packets.int16(0), Packets.int16(0), Packets.int16(0))
            .add('D', new byte[] {'P', 0})
            .add('E', NOTHING, Packets.int32(0));
      }
      packets.add('S');
      return answers();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private List<List<@Nullable String[]>> answers() throws IOException, SQLException {
    packets.send();
    var answers = new ArrayList<List<@Nullable String[]>>();
    var left = MOST_BYTES;
    SQLException failure = null;
    while (true) {
      var type = nextOrLast(failure);
      left -= packets.length();
      if (left < 0) {
        throw new ProtocolException("it answered with more than %d bytes".formatted(MOST_BYTES));
      }
      switch (type) {
        case 'T' -> answers.add(new ArrayList<>());
        case 'D' -> {
          if (answers.isEmpty()) {
            throw new ProtocolException("it sent a row of nothing");
          }
          answers.getLast().add(row());
        }
        case 'E' -> failure = failure == null ? Login.error(packets) : failure;
        case 'Z' -> {
          if (failure != null) {
            throw failure;
          }
          return answers;
        }
        // Done, empty, notice, parameter, notification, and the steps of a command sent alone.
        case 'C', 'I', 'N', 'S', 'A', '1', '2', 'n' -> {}
        default ->
            throw new ProtocolException("it sent a message of the unexpected kind " + (int) type);
      }
    }
  }

  /// What the server said when a command was done: its name with the rows it counted, such as
  /// `UPDATE 3`, and whether a transaction is open now.
  public record Completion(String tag, boolean inTransaction) {}

  /// Runs one command, whatever it changes: the one way over this connection for what is written by
  /// others and is to take effect. The server takes no more than one command of the text; rows that
  /// it returns are passed over, and one that waits for rows of ours fails.
  public Completion run(String command) throws SQLException {
    var text = Packets.text(command);
    try {
      packets
          .add('P', NOTHING, text, Packets.int16(0))
          .add('B', NOTHING, NOTHING, Packets.int16(0), Packets.int16(0), Packets.int16(0))
          .add('E', NOTHING, Packets.int32(0))
          .add('S')
          .send();
      return completion();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private Completion completion() throws IOException, SQLException {
    var tag = "";
    SQLException failure = null;
    while (true) {
      switch (nextOrLast(failure)) {
        case 'C' -> tag = packets.text();
        case 'E' -> failure = failure == null ? Login.error(packets) : failure;
        case 'Z' -> {
          if (failure != null) {
            throw failure;
          }
          return new Completion(tag, packets.rest()[0] != 'I');
        }
        // It reads no Sync before the rows have ended.
        case 'G' -> packets.add('f', Packets.text("no rows follow")).add('S').send();
        // Rows, those of COPY, empty, notice, parameter, notification, steps of the command.
        case 'D', 'H', 'd', 'c', 'I', 'N', 'S', 'A', '1', '2', 'n' -> {}
        default -> throw new ProtocolException("it sent a message of an unexpected kind");
      }
    }
  }

  /// The next message; a server that goes says why before the end.
  private char nextOrLast(@Nullable SQLException failure) throws IOException, SQLException {
    try {
      return packets.next();
    } catch (IOException e) {
      if (failure != null) {
        abort();
        throw failure;
      }
      throw e;
    }
  }

  /// False once the connection was lost, or closed by either side: what was asked last may have
  /// been done or not.
  public boolean isOpen() {
    return !socket.isClosed();
  }

  private @Nullable String[] row() throws IOException {
    var cells = new @Nullable String[packets.int16()];
    for (var at = 0; at < cells.length; at++) {
      var length = packets.int32();
      cells[at] = length < 0 ? null : packets.text(length);
    }
    return cells;
  }

  /// Asks the server, over a connection of its own, to end what runs; under TLS where this one is.
  public void cancel() throws SQLException {
    var plain = connect(destination);
    try {
      plain.setSoTimeout(Math.toIntExact(destination.connect().toMillis()));
      var cancel = new Packets(Tls.begin(plain, destination), 0);
      cancel
          .addUntyped(
              Packets.int32(CANCEL_REQUEST),
              Packets.int32(welcome.process()),
              Packets.int32(welcome.secret()))
          .send();
      // It closes when it has passed the word on.
      plain.getInputStream().read();
    } catch (IOException e) {
      throw lost(e);
    } finally {
      cut(plain);
    }
  }

  /// Takes leave; more than once is as good. Whoever still waits for an answer fails.
  public void close() {
    try {
      if (!socket.isClosed()) {
        packets.add('X').send();
      }
    } catch (IOException _) {
      // Gone is what we wanted.
    }
    abort();
  }

  /// Closes the socket at once, without a word.
  public void abort() {
    cut(socket);
  }

  /// The next message would be misread after this one: nothing more is asked.
  private SQLException lost(IOException cause) {
    abort();
    return new PSQLException("The connection was lost.", PSQLState.CONNECTION_FAILURE, cause);
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // Gone is what we wanted.
    }
  }
}
