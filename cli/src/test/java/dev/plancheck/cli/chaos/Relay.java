// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A port before a server, where a network's troubles are made: it passes on, later than it could,
/// or takes connections and says nothing.
final class Relay implements AutoCloseable {
  private final ServerSocket port;
  private final int behind;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger taken = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean silent;

  Relay(int behind) throws IOException {
    this.behind = behind;
    this.port = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return port.getLocalPort();
  }

  /// Every connection from now on waits so long before its first byte.
  void delay(Duration longer) {
    delay = longer;
  }

  /// From now on connections are taken and never answered.
  void silence() {
    silent = true;
  }

  /// How many connections were taken.
  int taken() {
    return taken.get();
  }

  @Override
  public void close() throws IOException {
    port.close();
    open.forEach(Relay::close);
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (true) {
        var client = port.accept();
        taken.incrementAndGet();
        open.add(client);
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed: the end.
    }
  }

  private void serve(Socket client) {
    try (client) {
      if (silent) {
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
        return;
      }
      Thread.sleep(delay);
      try (var server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
        open.add(server);
        threads.execute(() -> pass(server, client));
        pass(client, server);
      }
    } catch (IOException e) {
      // One of the two hung up.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pass(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // One of the two hung up.
    }
    close(from);
    close(to);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
