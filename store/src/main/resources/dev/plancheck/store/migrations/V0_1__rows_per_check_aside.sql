-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- Makes room for tables of the same names. Rows wait here until they are consolidated.

lock table plancheck.plan_check_run, plancheck.plan in access exclusive mode;

alter table plancheck.plan rename to legacy_plan;
alter sequence plancheck.plan_id_seq rename to legacy_plan_id_seq;
alter index plancheck.plan_pkey rename to legacy_plan_pkey;

alter table plancheck.plan_check_run rename to legacy_plan_check_run;
alter sequence plancheck.plan_check_run_id_seq rename to legacy_plan_check_run_id_seq;
alter index plancheck.plan_check_run_pkey rename to legacy_plan_check_run_pkey;
alter table plancheck.legacy_plan_check_run
  rename constraint plan_check_run_status_check to legacy_plan_check_run_status_check;
alter table plancheck.legacy_plan_check_run
  rename constraint plan_check_run_type_check to legacy_plan_check_run_type_check;
alter table plancheck.legacy_plan_check_run
  rename constraint plan_check_run_plan_id_fkey to legacy_plan_check_run_plan_id_fkey;
