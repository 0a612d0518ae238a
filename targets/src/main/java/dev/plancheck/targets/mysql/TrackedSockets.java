// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Consumer;
import javax.net.SocketFactory;

/// Makes the driver's sockets and shows them to who opens a connection, which can close them at
/// once: the driver itself would first ask the server. The driver makes it by its name.
public final class TrackedSockets extends SocketFactory {
  /// Takes the socket of the connection that is being opened.
  static final ScopedValue<Consumer<Socket>> OPENED = ScopedValue.newInstance();

  @Override
  public Socket createSocket() {
    var socket = new Socket();
    if (OPENED.isBound()) {
      OPENED.get().accept(socket);
    }
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw connected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw connected();
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    throw connected();
  }

  private static UnsupportedOperationException connected() {
    return new UnsupportedOperationException("the driver connects its sockets itself");
  }
}
