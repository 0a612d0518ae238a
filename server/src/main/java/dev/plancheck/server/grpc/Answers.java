// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/// How services answer a call with one message: what `work` throws is mapped at the edge.
final class Answers {
  private Answers() {}

  static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
    observer.onNext(work.get());
    observer.onCompleted();
  }
}
