// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;

/// What the contracts of the storage ports share: fresh ports for each test.
public abstract class StorageContract {
  private StoragePorts ports;

  /// Opens ports over an empty storage; called before each test.
  protected abstract StoragePorts open() throws Exception;

  @BeforeEach
  final void openPorts() throws Exception {
    ports = open();
  }

  protected final StoragePorts ports() {
    return ports;
  }

  static void assertRefused(ApiException.Code code, ThrowingCallable call) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(call)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
