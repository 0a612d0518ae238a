// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.stream.Stream;

/// Whether an address is one of the public internet, by the registries of special-purpose addresses
/// (RFC 6890 and its successors). Everything else may be a machine that trusts whoever reaches it.
final class PublicAddresses {
  /// Addresses that begin with the same bits.
  private static final class Block {
    private final byte[] start;
    private final int bits;

    private Block(byte[] start, int bits) {
      this.start = start;
      this.bits = bits;
    }

    static Block of(String text) {
      var slash = text.indexOf('/');
      return new Block(
          InetAddress.ofLiteral(text.substring(0, slash)).getAddress(),
          Integer.parseInt(text.substring(slash + 1)));
    }

    boolean has(byte[] address) {
      if (address.length != start.length) {
        return false;
      }
      for (var bit = 0; bit < bits; bit++) {
        var mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (start[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final Block[] NOT_PUBLIC =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/3")
          .map(Block::of)
          .toArray(Block[]::new);

  /// All global unicast addresses of IPv6 that are given to anybody.
  private static final Block GLOBAL = Block.of("2000::/3");

  /// Of them: tunnels that hide another address (6to4, Teredo), documentation.
  private static final Block[] NOT_GLOBAL =
      Stream.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
          .map(Block::of)
          .toArray(Block[]::new);

  private PublicAddresses() {}

  static boolean has(InetAddress address) {
    var bytes = address.getAddress();
    return address instanceof Inet4Address
        ? Stream.of(NOT_PUBLIC).noneMatch(block -> block.has(bytes))
        : GLOBAL.has(bytes) && Stream.of(NOT_GLOBAL).noneMatch(block -> block.has(bytes));
  }
}
