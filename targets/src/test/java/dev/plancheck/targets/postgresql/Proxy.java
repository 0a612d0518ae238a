// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Stands between a client and a server, counts how often the client waits for an answer, and can
/// fall silent or lose what one of them says.
///
/// It follows the frontend protocol (PostgreSQL manual, chapter 55): a start-up message without a
/// type, then messages of a type and a length. Sync and Query are those that end with waiting.
final class Proxy implements AutoCloseable {
  private final ServerSocket listening;
  private final Thread accepting;
  private final int server;
  private final AtomicInteger waits = new AtomicInteger();
  private final Queue<Socket> kept = new ConcurrentLinkedQueue<>();
  private volatile boolean silent;
  private volatile @Nullable Loss loss;

  /// What is lost of the first message with a text in it: the message and all after it, or only
  /// what the server answers. Then the client's connection is cut; the server's stays open until
  /// [#close].
  private record Loss(String text, boolean message) {}

  Proxy(int server) throws IOException {
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.server = server;
    this.accepting = Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /// Round trips of queries since the last call; those of start-up and log-in do not count.
  int waits() {
    return waits.getAndSet(0);
  }

  /// From now on nothing passes.
  void fallSilent() {
    silent = true;
  }

  void loseMessage(String text) {
    loss = new Loss(text, true);
  }

  void loseAnswer(String text) {
    loss = new Loss(text, false);
  }

  /// Nobody is let in any more when this returns: a thread that still waits for a client keeps the
  /// port open for a moment.
  @Override
  public void close() throws IOException {
    listening.close();
    try {
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (var kept : kept) {
      kept.close();
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        var client = listening.accept();
        var upstream = new Socket(InetAddress.getLoopbackAddress(), server);
        Thread.ofVirtual().start(() -> forward(client, upstream));
        Thread.ofVirtual().start(() -> copy(upstream, client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void forward(Socket from, Socket to) {
    try {
      var in = new DataInputStream(from.getInputStream());
      var out = to.getOutputStream();
      pass(in, out, in.readInt());
      while (true) {
        var type = in.readUnsignedByte();
        if (type == 'S' || type == 'Q') {
          waits.incrementAndGet();
        }
        var length = in.readInt();
        if (silent) {
          in.skipNBytes(length - 4L);
          continue;
        }
        var body = in.readNBytes(length - 4);
        var lost = loss;
        if (lost != null && new String(body, StandardCharsets.UTF_8).contains(lost.text())) {
          loss = null;
          kept.add(to);
          lose(lost, in, out, type, body);
          from.close();
          return;
        }
        out.write(type);
        send(out, body);
      }
    } catch (EOFException _) {
      // The client has gone.
      cut(from, to);
    } catch (IOException e) {
      if (!from.isClosed() && !to.isClosed()) {
        throw new UncheckedIOException(e);
      }
      cut(from, to);
    }
  }

  /// With the rest of what the client sent at once: the server is to do it all.
  private static void lose(Loss lost, DataInputStream in, OutputStream out, int type, byte[] body)
      throws IOException {
    if (lost.message()) {
      return;
    }
    out.write(type);
    send(out, body);
    for (var next = type; next != 'S' && next != 'Q'; ) {
      next = in.readUnsignedByte();
      out.write(next);
      pass(in, out, in.readInt());
    }
  }

  private static void cut(Socket one, Socket other) {
    try (one;
        other) {
      // Closed behind this.
    } catch (IOException _) {
      // Gone is what we wanted.
    }
  }

  private static void pass(DataInputStream in, OutputStream out, int length) throws IOException {
    send(out, in.readNBytes(length - 4));
  }

  private static void send(OutputStream out, byte[] body) throws IOException {
    var length = body.length + 4;
    out.write(
        new byte[] {
          (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length
        });
    out.write(body);
    out.flush();
  }

  /// What the server says to a client that was cut is lost.
  private void copy(Socket from, Socket to) {
    try {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      var buffer = new byte[8192];
      for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!silent && !kept.contains(from)) {
          out.write(buffer, 0, read);
          out.flush();
        }
      }
      cut(from, to);
    } catch (IOException _) {
      if (!kept.contains(from)) {
        cut(from, to);
      }
    }
  }
}
