// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.access.AccessPorts;
import dev.plancheck.checks.contract.AccessContract;
import dev.plancheck.checks.contract.ApprovalPoliciesContract;
import dev.plancheck.checks.contract.ApprovalRecordsContract;
import dev.plancheck.checks.contract.DatabasesContract;
import dev.plancheck.checks.contract.EnvironmentsContract;
import dev.plancheck.checks.contract.GroupsContract;
import dev.plancheck.checks.contract.InstancesContract;
import dev.plancheck.checks.contract.NoticesContract;
import dev.plancheck.checks.contract.PlansContract;
import dev.plancheck.checks.contract.ProjectsContract;
import dev.plancheck.checks.contract.ReleasesContract;
import dev.plancheck.checks.contract.RunsContract;
import dev.plancheck.checks.contract.RunsReadingContract;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.contract.ShardsContract;
import dev.plancheck.checks.contract.SheetsContract;
import dev.plancheck.checks.contract.StoragePorts;
import dev.plancheck.checks.notice.NoticePorts;
import org.junit.jupiter.api.Nested;

/// Every contract again, on the oldest PostgreSQL that may hold our database.
final class OldestPostgresTest {
  @Nested
  final class Projects extends ProjectsContract {
    @Override
    protected StoragePorts open() throws Exception {
      return MetadataCluster.oldest().emptyPorts();
    }
  }

  @Nested
  final class Environments extends EnvironmentsContract {
    @Override
    protected StoragePorts open() throws Exception {
      return MetadataCluster.oldest().emptyPorts();
    }
  }

  @Nested
  final class Instances extends InstancesContract {
    @Override
    protected StoragePorts open() throws Exception {
      return MetadataCluster.oldest().emptyPorts();
    }
  }

  @Nested
  final class Databases extends DatabasesContract {
    @Override
    protected StoragePorts open() throws Exception {
      return MetadataCluster.oldest().emptyPorts();
    }
  }

  @Nested
  final class Groups extends GroupsContract {
    @Override
    protected StoragePorts open() throws Exception {
      return MetadataCluster.oldest().emptyPorts();
    }
  }

  @Nested
  final class Sheets extends SheetsContract {
    @Override
    protected StoragePorts open() throws Exception {
      return MetadataCluster.oldest().emptyPorts();
    }
  }

  @Nested
  final class Releases extends ReleasesContract {
    @Override
    protected StoragePorts open() throws Exception {
      return MetadataCluster.oldest().emptyPorts();
    }
  }

  @Nested
  final class Plans extends PlansContract {
    @Override
    protected StoragePorts open() throws Exception {
      return MetadataCluster.oldest().emptyPorts();
    }
  }

  @Nested
  final class Runs extends RunsContract {
    @Override
    protected StoragePorts open() throws Exception {
      return MetadataCluster.oldest().emptyPorts();
    }
  }

  @Nested
  final class Shards extends ShardsContract {
    @Override
    protected StoragePorts open() throws Exception {
      return MetadataCluster.oldest().emptyPorts();
    }
  }

  @Nested
  final class RunsReading extends RunsReadingContract {
    @Override
    protected StoragePorts open() throws Exception {
      return MetadataCluster.oldest().emptyPorts();
    }
  }

  @Nested
  final class ApprovalPolicies extends ApprovalPoliciesContract {
    @Override
    protected StoragePorts open() throws Exception {
      return MetadataCluster.oldest().emptyPorts();
    }
  }

  @Nested
  final class ApprovalRecords extends ApprovalRecordsContract {
    @Override
    protected StoragePorts open() throws Exception {
      return MetadataCluster.oldest().emptyPorts();
    }
  }

  @Nested
  final class ResultView extends ResultViewContract {
    @Override
    MetadataCluster cluster() {
      return MetadataCluster.oldest();
    }
  }

  @Nested
  final class Access extends AccessContract {
    @Override
    protected AccessPorts open() throws Exception {
      MetadataCluster.oldest().emptyPorts().projects().create(Samples.project("shop"));
      return MetadataCluster.oldest().storage().access();
    }
  }

  @Nested
  final class Notices extends NoticesContract {
    @Override
    protected NoticePorts open() throws Exception {
      var projects = MetadataCluster.oldest().emptyPorts().projects();
      projects.create(Samples.project("shop"));
      projects.create(Samples.project("other"));
      return MetadataCluster.oldest().storage().notices();
    }
  }
}
