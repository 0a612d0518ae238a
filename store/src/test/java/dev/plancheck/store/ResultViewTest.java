// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

final class ResultViewTest extends ResultViewContract {
  @Override
  MetadataCluster cluster() {
    return MetadataCluster.newest();
  }
}
