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
import java.util.concurrent.atomic.AtomicInteger;

/// Stands between a client and a server, counts how often the client waits for an answer, and can
/// fall silent.
///
/// It follows the frontend protocol (PostgreSQL manual, chapter 55): a start-up message without a
/// type, then messages of a type and a length. Sync and Query are those that end with waiting.
final class Proxy implements AutoCloseable {
  private final ServerSocket listening;
  private final int server;
  private final AtomicInteger waits = new AtomicInteger();
  private volatile boolean silent;

  Proxy(int server) throws IOException {
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.server = server;
    Thread.ofVirtual().start(this::accept);
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

  @Override
  public void close() throws IOException {
    listening.close();
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
    try (from;
        to) {
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
        } else {
          out.write(type);
          pass(in, out, length);
        }
      }
    } catch (EOFException _) {
      // The client has gone.
    } catch (IOException e) {
      if (!from.isClosed() && !to.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void pass(DataInputStream in, OutputStream out, int length) throws IOException {
    var body = in.readNBytes(length - 4);
    out.write(
        new byte[] {
          (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length
        });
    out.write(body);
    out.flush();
  }

  private void copy(Socket from, Socket to) {
    try (from;
        to) {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      var buffer = new byte[8192];
      for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!silent) {
          out.write(buffer, 0, read);
          out.flush();
        }
      }
    } catch (IOException _) {
      // One of the two has gone.
    }
  }
}
