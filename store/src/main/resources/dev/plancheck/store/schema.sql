-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- What a fresh installation has: made of the migrations by `make schema`, and never run.

create schema if not exists plancheck;

create table plancheck.access_log (
  id bigint generated always as identity not null,
  kind text not null,
  actor text not null,
  user_id text not null,
  detail text not null,
  at timestamp with time zone default clock_timestamp() not null
);

create table plancheck.access_token (
  id text collate "C" not null,
  user_id text collate "C" not null,
  title text not null,
  digest text collate "C" not null,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone
);

create table plancheck.approval_assessment (
  plan_id bigint not null,
  key text not null,
  assessment jsonb not null,
  at timestamp with time zone default now() not null
);

create table plancheck.approval_decision (
  id bigint generated always as identity not null,
  plan_id bigint not null,
  kind text not null,
  step integer not null,
  role text not null,
  actor text not null,
  comment text not null,
  plan_version integer not null,
  attempt integer not null,
  risk text not null,
  binding jsonb not null,
  at timestamp with time zone default now() not null
);

create table plancheck.approval_policy (
  id bigint generated always as identity not null,
  project_id text collate "C" not null,
  hash text not null,
  policy jsonb not null,
  actor text not null,
  at timestamp with time zone default now() not null
);

create table plancheck.computed_sheet (
  plan_id bigint not null,
  sha256 text not null,
  computed_at timestamp with time zone default now() not null
);

create table plancheck.connection_lease (
  instance text collate "C" not null,
  slot integer not null,
  owner text not null,
  token uuid not null,
  until timestamp with time zone not null
);

create table plancheck.connection_wish (
  instance text collate "C" not null,
  owner text not null,
  until timestamp with time zone not null
);

create table plancheck.database (
  instance_id text collate "C" not null,
  name text collate "C" not null,
  labels jsonb default '{}'::jsonb not null,
  created_at timestamp with time zone default now() not null
);

create table plancheck.database_change (
  id bigint generated always as identity not null,
  instance text collate "C" not null,
  database text collate "C" not null,
  project text not null,
  plan_number bigint not null,
  plan_version integer not null,
  spec text not null,
  sheet text not null,
  task text not null,
  outcome text not null,
  words text not null,
  actor text not null,
  at timestamp with time zone default clock_timestamp() not null
);

create table plancheck.database_group (
  project_id text collate "C" not null,
  id text collate "C" not null,
  title text not null,
  expression text not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);

create table plancheck.environment (
  id text collate "C" not null,
  title text not null,
  "position" integer not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);

create table plancheck.gate_override (
  id bigint generated always as identity not null,
  plan_id bigint not null,
  purpose text not null,
  plan_version integer not null,
  attempt integer not null,
  kinds text[] not null,
  words text[] not null,
  actor text not null,
  why text not null,
  at timestamp with time zone default now() not null
);

create table plancheck.instance (
  id text collate "C" not null,
  title text not null,
  engine text not null,
  environment text collate "C",
  host text not null,
  port integer not null,
  username text not null,
  password_kind text not null,
  password_reference text not null,
  tls_mode text not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  ghost_probe text default 'OFF'::text not null,
  ghost_scratch_schema text default ''::text not null
);

create table plancheck.plan (
  id bigint generated always as identity not null,
  project_id text collate "C" not null,
  number bigint not null,
  title text not null,
  specs jsonb not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  created_by text default ''::text not null,
  updated_by text default ''::text not null,
  authors text[] default '{}'::text[] not null
);

create table plancheck.plan_check_run (
  id bigint generated always as identity not null,
  plan_id bigint not null,
  status text not null,
  verdict text,
  attempt integer not null,
  plan_version integer not null,
  policy_hash text not null,
  rules_version text not null,
  membership_hash text not null,
  target_count integer not null,
  done_count integer default 0 not null,
  success_count integer default 0 not null,
  warning_count integer default 0 not null,
  error_count integer default 0 not null,
  not_performed_count integer default 0 not null,
  sampled_of integer not null,
  shards_left integer not null,
  chunk_count integer default 0 not null,
  oldest_result_at timestamp with time zone,
  config jsonb not null,
  result jsonb,
  result_attempt integer default 0 not null,
  result_started_at timestamp with time zone,
  result_count bigint default 0 not null,
  error text default ''::text not null,
  created_at timestamp with time zone default now() not null,
  queued_at timestamp with time zone default now() not null,
  started_at timestamp with time zone,
  updated_at timestamp with time zone default now() not null,
  finished_at timestamp with time zone,
  policies jsonb default '{}'::jsonb not null,
  origin text default 'CHECKED'::text not null,
  trusted_until timestamp with time zone
) with (fillfactor=60);

create table plancheck.plan_check_run_chunk (
  run_id bigint not null,
  attempt integer not null,
  shard integer not null,
  seq integer not null,
  epoch integer not null,
  places integer[] not null,
  counts integer[] not null,
  payload jsonb not null
);

create table plancheck.plan_check_run_legacy_quarantine (
  run_id bigint not null,
  uid bigint not null,
  reason text not null,
  original jsonb not null
);

create table plancheck.plan_check_run_legacy_uid (
  plan_id bigint not null,
  uid bigint generated by default as identity not null,
  target text collate "C" not null,
  sheet text collate "C" not null,
  type text not null,
  listed boolean default true not null,
  told_attempt integer,
  told_status text,
  told_error text,
  told_at timestamp with time zone
);

create table plancheck.plan_check_run_log (
  id bigint generated always as identity not null,
  run_id bigint not null,
  kind text not null,
  attempt integer not null,
  verdict text,
  plan_version integer not null,
  policy_hash text not null,
  rules_version text not null,
  membership_hash text not null,
  target_count integer not null,
  done_count integer not null,
  success_count integer not null,
  warning_count integer not null,
  error_count integer not null,
  not_performed_count integer not null,
  sampled_of integer not null,
  actor text not null,
  note text not null,
  at timestamp with time zone not null
);

create table plancheck.plan_check_run_overflow (
  run_id bigint not null,
  attempt integer not null,
  seq integer not null,
  first_target bigint not null,
  first_result bigint not null,
  result_count bigint not null,
  payload jsonb not null
);

create table plancheck.plan_check_run_shard (
  run_id bigint not null,
  attempt integer not null,
  shard integer not null,
  epoch integer default 0 not null,
  first_place integer not null,
  end_place integer not null,
  state text default 'QUEUED'::text not null,
  done integer default 0 not null,
  barren integer default 0 not null
) with (fillfactor=60);

create table plancheck.project (
  id text collate "C" not null,
  title text not null,
  settings jsonb not null,
  next_plan_number bigint default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);

create table plancheck.release (
  project_id text collate "C" not null,
  id text collate "C" not null,
  title text not null,
  files jsonb not null,
  created_at timestamp with time zone default now() not null
);

create table plancheck.review_policy (
  id text collate "C" not null,
  title text not null,
  project_id text collate "C",
  environment text collate "C",
  hash text collate "C" not null,
  version integer default 1 not null,
  updated_by text not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);

create table plancheck.review_policy_text (
  hash text collate "C" not null,
  text text not null,
  at timestamp with time zone default now() not null
);

create table plancheck.rollout (
  id bigint generated always as identity not null,
  uid uuid default gen_random_uuid() not null,
  plan_id bigint not null,
  plan_version integer not null,
  attempt integer not null,
  approval text,
  override_id bigint,
  failure_policy text not null,
  parallel integer not null,
  automatic boolean not null,
  status text default 'ACTIVE'::text not null,
  waiting text default ''::text not null,
  actor text not null,
  created_at timestamp with time zone default now() not null,
  ended_at timestamp with time zone
) with (fillfactor=70);

create table plancheck.rollout_stage (
  rollout_id bigint not null,
  number integer not null,
  environment text not null,
  started_at timestamp with time zone,
  started_by text
);

create table plancheck.rollout_statement (
  rollout_id bigint not null,
  task integer not null,
  statement integer not null,
  epoch integer not null,
  started_at timestamp with time zone default now() not null,
  finished_at timestamp with time zone,
  command text,
  row_count bigint,
  took_ms bigint
);

create table plancheck.rollout_task (
  rollout_id bigint not null,
  number integer not null,
  stage integer not null,
  spec text not null,
  instance text collate "C" not null,
  database text collate "C" not null,
  sheet text not null,
  prior_backup boolean not null,
  state text default 'PENDING'::text not null,
  turn integer default 0 not null,
  epoch integer default 0 not null,
  actor text default ''::text not null,
  asked boolean default false not null,
  words text default ''::text not null,
  statement integer,
  line integer,
  column_number integer,
  applied_before integer default 0 not null,
  fingerprint text,
  check_after timestamp with time zone,
  not_before timestamp with time zone,
  busy_since timestamp with time zone,
  mode text,
  committing integer default 0 not null,
  result jsonb,
  queued_at timestamp with time zone,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  policy_hash text
) with (fillfactor=70);

create table plancheck.rollout_waiting (
  plan_id bigint not null,
  words text not null,
  since timestamp with time zone default now() not null
);

create table plancheck.scheduled_tasks (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamp with time zone,
  picked boolean not null,
  picked_by text,
  last_success timestamp with time zone,
  last_failure timestamp with time zone,
  consecutive_failures integer,
  last_heartbeat timestamp with time zone,
  version bigint not null,
  priority smallint,
  state text
);

create table plancheck.sheet (
  sha256 text not null,
  content bytea not null,
  created_at timestamp with time zone default now() not null
);

create table plancheck.sheet_reference (
  project_id text collate "C" not null,
  sha256 text not null,
  last_put_at timestamp with time zone default now() not null
);

create table plancheck."user" (
  id text collate "C" not null,
  title text not null,
  kind text not null,
  created_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone
);

create table plancheck.user_role (
  user_id text collate "C" not null,
  project_id text collate "C" not null,
  role text collate "C" not null
);

create table plancheck.webhook (
  project_id text collate "C" not null,
  id text collate "C" not null,
  title text not null,
  url text not null,
  events text[] not null,
  enabled boolean not null,
  sealed_secret text not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null
);

create table plancheck.webhook_delivery (
  number bigint generated always as identity not null,
  id text not null,
  project_id text collate "C" not null,
  webhook_id text collate "C" not null,
  event text not null,
  body text not null,
  state text default 'PENDING'::text not null,
  attempts integer default 0 not null,
  status integer default 0 not null,
  error text default ''::text not null,
  next_at timestamp with time zone default clock_timestamp(),
  created_at timestamp with time zone default clock_timestamp() not null,
  ended_at timestamp with time zone
);

alter table plancheck.access_log add constraint access_log_kind_check CHECK ((kind = ANY (ARRAY['USER_CREATED'::text, 'USER_DELETED'::text, 'ROLE_GRANTED'::text, 'ROLE_REVOKED'::text, 'TOKEN_CREATED'::text, 'TOKEN_REVOKED'::text])));

alter table plancheck.access_log add constraint access_log_pkey PRIMARY KEY (id);

alter table plancheck.access_token add constraint access_token_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text));

alter table plancheck.access_token add constraint access_token_digest_key UNIQUE (digest);

alter table plancheck.access_token add constraint access_token_pkey PRIMARY KEY (id);

alter table plancheck.approval_assessment add constraint approval_assessment_pkey PRIMARY KEY (plan_id);

alter table plancheck.approval_decision add constraint approval_decision_attempt_check CHECK ((attempt >= 0));

alter table plancheck.approval_decision add constraint approval_decision_check CHECK (((step = 0) = (kind = 'REQUESTED'::text)));

alter table plancheck.approval_decision add constraint approval_decision_kind_check CHECK ((kind = ANY (ARRAY['APPROVED'::text, 'REJECTED'::text, 'REQUESTED'::text])));

alter table plancheck.approval_decision add constraint approval_decision_pkey PRIMARY KEY (id);

alter table plancheck.approval_decision add constraint approval_decision_risk_check CHECK ((risk = ANY (ARRAY['LOW'::text, 'MODERATE'::text, 'HIGH'::text])));

alter table plancheck.approval_decision add constraint approval_decision_step_check CHECK ((step >= 0));

alter table plancheck.approval_policy add constraint approval_policy_pkey PRIMARY KEY (id);

alter table plancheck.computed_sheet add constraint computed_sheet_pkey PRIMARY KEY (plan_id, sha256);

alter table plancheck.connection_lease add constraint connection_lease_pkey PRIMARY KEY (instance, slot);

alter table plancheck.connection_lease add constraint connection_lease_slot_check CHECK ((slot >= 0));

alter table plancheck.connection_wish add constraint connection_wish_pkey PRIMARY KEY (instance, owner);

alter table plancheck.database add constraint database_pkey PRIMARY KEY (instance_id, name);

alter table plancheck.database_change add constraint database_change_pkey PRIMARY KEY (id);

alter table plancheck.database_group add constraint database_group_pkey PRIMARY KEY (project_id, id);

alter table plancheck.environment add constraint environment_pkey PRIMARY KEY (id);

alter table plancheck.environment add constraint environment_position_key UNIQUE ("position") DEFERRABLE INITIALLY DEFERRED;

alter table plancheck.gate_override add constraint gate_override_attempt_check CHECK ((attempt >= 0));

alter table plancheck.gate_override add constraint gate_override_check CHECK ((cardinality(words) = cardinality(kinds)));

alter table plancheck.gate_override add constraint gate_override_kinds_check CHECK ((cardinality(kinds) > 0));

alter table plancheck.gate_override add constraint gate_override_pkey PRIMARY KEY (id);

alter table plancheck.gate_override add constraint gate_override_purpose_check CHECK ((purpose = ANY (ARRAY['APPROVAL'::text, 'ROLLOUT'::text])));

alter table plancheck.instance add constraint instance_ghost_clone_has_scratch_schema CHECK (((ghost_probe <> 'CLONE'::text) OR (ghost_scratch_schema <> ''::text)));

alter table plancheck.instance add constraint instance_ghost_probe_known CHECK ((ghost_probe = ANY (ARRAY['OFF'::text, 'DATA'::text, 'CLONE'::text])));

alter table plancheck.instance add constraint instance_ghost_scratch_schema_short CHECK ((length(ghost_scratch_schema) <= 400));

alter table plancheck.instance add constraint instance_password_kind_check CHECK ((password_kind = ANY (ARRAY['NONE'::text, 'ENV'::text, 'FILE'::text, 'SEALED'::text])));

alter table plancheck.instance add constraint instance_pkey PRIMARY KEY (id);

alter table plancheck.plan add constraint plan_pkey PRIMARY KEY (id);

alter table plancheck.plan add constraint plan_project_id_number_key UNIQUE (project_id, number);

alter table plancheck.plan_check_run add constraint plan_check_run_attempt_check CHECK ((attempt > 0));

alter table plancheck.plan_check_run add constraint plan_check_run_check CHECK (((result_attempt >= 0) AND (result_attempt <= attempt)));

alter table plancheck.plan_check_run add constraint plan_check_run_chunk_count_check CHECK ((chunk_count >= 0));

alter table plancheck.plan_check_run add constraint plan_check_run_done_count_check CHECK ((done_count >= 0));

alter table plancheck.plan_check_run add constraint plan_check_run_error_count_check CHECK ((error_count >= 0));

alter table plancheck.plan_check_run add constraint plan_check_run_finished_when_final CHECK (((finished_at IS NULL) = (status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text]))));

alter table plancheck.plan_check_run add constraint plan_check_run_not_performed_count_check CHECK ((not_performed_count >= 0));

alter table plancheck.plan_check_run add constraint plan_check_run_origin_known CHECK ((origin = ANY (ARRAY['CHECKED'::text, 'LEGACY'::text])));

alter table plancheck.plan_check_run add constraint plan_check_run_pkey PRIMARY KEY (id);

alter table plancheck.plan_check_run add constraint plan_check_run_plan_id_key UNIQUE (plan_id);

alter table plancheck.plan_check_run add constraint plan_check_run_result_count_check CHECK ((result_count >= 0));

alter table plancheck.plan_check_run add constraint plan_check_run_result_of_an_attempt CHECK (((result IS NULL) = (result_attempt = 0)));

alter table plancheck.plan_check_run add constraint plan_check_run_sampled_of_check CHECK ((sampled_of >= 0));

alter table plancheck.plan_check_run add constraint plan_check_run_shards_left_check CHECK ((shards_left >= 0));

alter table plancheck.plan_check_run add constraint plan_check_run_status_check CHECK ((status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'DONE'::text, 'FAILED'::text, 'CANCELED'::text])));

alter table plancheck.plan_check_run add constraint plan_check_run_success_count_check CHECK ((success_count >= 0));

alter table plancheck.plan_check_run add constraint plan_check_run_target_count_check CHECK ((target_count >= 0));

alter table plancheck.plan_check_run add constraint plan_check_run_trust_of_legacy CHECK (((trusted_until IS NULL) OR (origin = 'LEGACY'::text)));

alter table plancheck.plan_check_run add constraint plan_check_run_verdict_check CHECK ((verdict = ANY (ARRAY['PASS'::text, 'WARN'::text, 'FAIL'::text, 'INCOMPLETE'::text])));

alter table plancheck.plan_check_run add constraint plan_check_run_verdict_when_final CHECK (((verdict IS NULL) = (status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text]))));

alter table plancheck.plan_check_run add constraint plan_check_run_warning_count_check CHECK ((warning_count >= 0));

alter table plancheck.plan_check_run_chunk add constraint plan_check_run_chunk_pkey PRIMARY KEY (run_id, attempt, shard, seq);

alter table plancheck.plan_check_run_legacy_quarantine add constraint plan_check_run_legacy_quarantine_pkey PRIMARY KEY (run_id, uid);

alter table plancheck.plan_check_run_legacy_uid add constraint plan_check_run_legacy_uid_pkey PRIMARY KEY (plan_id, uid);

alter table plancheck.plan_check_run_legacy_uid add constraint plan_check_run_legacy_uid_told_attempt_check CHECK ((told_attempt > 0));

alter table plancheck.plan_check_run_legacy_uid add constraint plan_check_run_legacy_uid_told_status_check CHECK ((told_status = ANY (ARRAY['DONE'::text, 'FAILED'::text, 'CANCELED'::text])));

alter table plancheck.plan_check_run_legacy_uid add constraint plan_check_run_legacy_uid_told_whole CHECK ((num_nulls(told_attempt, told_status, told_error, told_at) = ANY (ARRAY[0, 4])));

alter table plancheck.plan_check_run_legacy_uid add constraint plan_check_run_legacy_uid_type_check CHECK ((type = ANY (ARRAY['STATEMENT_ADVISE'::text, 'STATEMENT_SUMMARY_REPORT'::text, 'GHOST_SYNC'::text])));

alter table plancheck.plan_check_run_legacy_uid add constraint plan_check_run_legacy_uid_uid_check CHECK ((uid > 0));

alter table plancheck.plan_check_run_log add constraint plan_check_run_log_kind_check CHECK ((kind = ANY (ARRAY['QUEUED'::text, 'CANCELED'::text, 'DONE'::text, 'FAILED'::text])));

alter table plancheck.plan_check_run_log add constraint plan_check_run_log_pkey PRIMARY KEY (id);

alter table plancheck.plan_check_run_overflow add constraint plan_check_run_overflow_pkey PRIMARY KEY (run_id, attempt, seq);

alter table plancheck.plan_check_run_overflow add constraint plan_check_run_overflow_seq_check CHECK ((seq > 0));

alter table plancheck.plan_check_run_shard add constraint plan_check_run_shard_barren_check CHECK ((barren >= 0));

alter table plancheck.plan_check_run_shard add constraint plan_check_run_shard_check CHECK ((end_place >= first_place));

alter table plancheck.plan_check_run_shard add constraint plan_check_run_shard_check1 CHECK (((done >= 0) AND (done <= (end_place - first_place))));

alter table plancheck.plan_check_run_shard add constraint plan_check_run_shard_check2 CHECK (((state <> 'DONE'::text) OR (done = (end_place - first_place))));

alter table plancheck.plan_check_run_shard add constraint plan_check_run_shard_first_place_check CHECK ((first_place >= 0));

alter table plancheck.plan_check_run_shard add constraint plan_check_run_shard_pkey PRIMARY KEY (run_id, attempt, shard);

alter table plancheck.plan_check_run_shard add constraint plan_check_run_shard_shard_check CHECK ((shard >= 0));

alter table plancheck.plan_check_run_shard add constraint plan_check_run_shard_state_check CHECK ((state = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'DONE'::text])));

alter table plancheck.project add constraint project_next_plan_number_check CHECK ((next_plan_number > 0));

alter table plancheck.project add constraint project_pkey PRIMARY KEY (id);

alter table plancheck.release add constraint release_pkey PRIMARY KEY (project_id, id);

alter table plancheck.review_policy add constraint review_policy_pkey PRIMARY KEY (id);

alter table plancheck.review_policy_text add constraint review_policy_text_pkey PRIMARY KEY (hash);

alter table plancheck.rollout add constraint rollout_attempt_check CHECK ((attempt >= 0));

alter table plancheck.rollout add constraint rollout_ended_unless_live CHECK (((ended_at IS NULL) = (status = ANY (ARRAY['ACTIVE'::text, 'CANCELING'::text]))));

alter table plancheck.rollout add constraint rollout_failure_policy_check CHECK ((failure_policy = ANY (ARRAY['STOP_STAGE'::text, 'CONTINUE'::text])));

alter table plancheck.rollout add constraint rollout_of_a_version UNIQUE (plan_id, plan_version);

alter table plancheck.rollout add constraint rollout_parallel_check CHECK (((parallel >= 1) AND (parallel <= 1000)));

alter table plancheck.rollout add constraint rollout_pkey PRIMARY KEY (id);

alter table plancheck.rollout add constraint rollout_status_check CHECK ((status = ANY (ARRAY['ACTIVE'::text, 'CANCELING'::text, 'CANCELED'::text, 'DONE'::text])));

alter table plancheck.rollout add constraint rollout_uid_key UNIQUE (uid);

alter table plancheck.rollout_stage add constraint rollout_stage_check CHECK (((started_at IS NULL) = (started_by IS NULL)));

alter table plancheck.rollout_stage add constraint rollout_stage_number_check CHECK ((number >= 0));

alter table plancheck.rollout_stage add constraint rollout_stage_pkey PRIMARY KEY (rollout_id, number);

alter table plancheck.rollout_statement add constraint rollout_statement_check CHECK (((finished_at IS NULL) = (command IS NULL)));

alter table plancheck.rollout_statement add constraint rollout_statement_pkey PRIMARY KEY (rollout_id, task, statement);

alter table plancheck.rollout_statement add constraint rollout_statement_statement_check CHECK ((statement > 0));

alter table plancheck.rollout_task add constraint rollout_task_mode_check CHECK ((mode = ANY (ARRAY['TRANSACTION'::text, 'STATEMENTS'::text])));

alter table plancheck.rollout_task add constraint rollout_task_number_check CHECK ((number > 0));

alter table plancheck.rollout_task add constraint rollout_task_pkey PRIMARY KEY (rollout_id, number);

alter table plancheck.rollout_task add constraint rollout_task_state_check CHECK ((state = ANY (ARRAY['PENDING'::text, 'QUEUED'::text, 'RUNNING'::text, 'DONE'::text, 'FAILED'::text, 'CANCELED'::text, 'SKIPPED'::text, 'UNKNOWN'::text, 'DRIFTED'::text])));

alter table plancheck.rollout_waiting add constraint rollout_waiting_pkey PRIMARY KEY (plan_id);

alter table plancheck.scheduled_tasks add constraint scheduled_tasks_pkey PRIMARY KEY (task_name, task_instance);

alter table plancheck.sheet add constraint sheet_pkey PRIMARY KEY (sha256);

alter table plancheck.sheet add constraint sheet_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text));

alter table plancheck.sheet_reference add constraint sheet_reference_pkey PRIMARY KEY (project_id, sha256);

alter table plancheck."user" add constraint user_kind_check CHECK ((kind = ANY (ARRAY['PERSON'::text, 'SERVICE'::text])));

alter table plancheck."user" add constraint user_pkey PRIMARY KEY (id);

alter table plancheck.user_role add constraint user_role_check CHECK (((role <> 'ADMIN'::text) OR (project_id = '-'::text)));

alter table plancheck.user_role add constraint user_role_pkey PRIMARY KEY (user_id, project_id, role);

alter table plancheck.webhook add constraint webhook_pkey PRIMARY KEY (project_id, id);

alter table plancheck.webhook_delivery add constraint webhook_delivery_attempts_check CHECK ((attempts >= 0));

alter table plancheck.webhook_delivery add constraint webhook_delivery_check CHECK (((state = 'PENDING'::text) = (next_at IS NOT NULL)));

alter table plancheck.webhook_delivery add constraint webhook_delivery_check1 CHECK (((state = 'PENDING'::text) = (ended_at IS NULL)));

alter table plancheck.webhook_delivery add constraint webhook_delivery_id_key UNIQUE (id);

alter table plancheck.webhook_delivery add constraint webhook_delivery_pkey PRIMARY KEY (number);

alter table plancheck.webhook_delivery add constraint webhook_delivery_state_check CHECK ((state = ANY (ARRAY['PENDING'::text, 'DELIVERED'::text, 'FAILED'::text])));

alter table plancheck.access_token add constraint access_token_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id);

alter table plancheck.approval_assessment add constraint approval_assessment_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id) ON DELETE CASCADE;

alter table plancheck.approval_decision add constraint approval_decision_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id);

alter table plancheck.approval_policy add constraint approval_policy_project_id_fkey FOREIGN KEY (project_id) REFERENCES project(id);

alter table plancheck.computed_sheet add constraint computed_sheet_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id) ON DELETE CASCADE;

alter table plancheck.computed_sheet add constraint computed_sheet_sha256_fkey FOREIGN KEY (sha256) REFERENCES sheet(sha256) ON DELETE CASCADE;

alter table plancheck.database add constraint database_instance_id_fkey FOREIGN KEY (instance_id) REFERENCES instance(id) ON DELETE CASCADE;

alter table plancheck.database_group add constraint database_group_project_id_fkey FOREIGN KEY (project_id) REFERENCES project(id);

alter table plancheck.gate_override add constraint gate_override_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id);

alter table plancheck.instance add constraint instance_environment_exists FOREIGN KEY (environment) REFERENCES environment(id);

alter table plancheck.plan add constraint plan_project_id_fkey FOREIGN KEY (project_id) REFERENCES project(id);

alter table plancheck.plan_check_run add constraint plan_check_run_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id);

alter table plancheck.plan_check_run_chunk add constraint plan_check_run_chunk_run_id_attempt_shard_fkey FOREIGN KEY (run_id, attempt, shard) REFERENCES plan_check_run_shard(run_id, attempt, shard);

alter table plancheck.plan_check_run_legacy_quarantine add constraint plan_check_run_legacy_quarantine_run_id_fkey FOREIGN KEY (run_id) REFERENCES plan_check_run(id);

alter table plancheck.plan_check_run_legacy_uid add constraint plan_check_run_legacy_uid_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id);

alter table plancheck.plan_check_run_log add constraint plan_check_run_log_run_id_fkey FOREIGN KEY (run_id) REFERENCES plan_check_run(id);

alter table plancheck.plan_check_run_overflow add constraint plan_check_run_overflow_run_id_fkey FOREIGN KEY (run_id) REFERENCES plan_check_run(id);

alter table plancheck.plan_check_run_shard add constraint plan_check_run_shard_run_id_fkey FOREIGN KEY (run_id) REFERENCES plan_check_run(id);

alter table plancheck.release add constraint release_project_id_fkey FOREIGN KEY (project_id) REFERENCES project(id);

alter table plancheck.review_policy add constraint review_policy_environment_fkey FOREIGN KEY (environment) REFERENCES environment(id);

alter table plancheck.review_policy add constraint review_policy_hash_fkey FOREIGN KEY (hash) REFERENCES review_policy_text(hash);

alter table plancheck.review_policy add constraint review_policy_project_id_fkey FOREIGN KEY (project_id) REFERENCES project(id);

alter table plancheck.rollout add constraint rollout_override_id_fkey FOREIGN KEY (override_id) REFERENCES gate_override(id);

alter table plancheck.rollout add constraint rollout_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id);

alter table plancheck.rollout_stage add constraint rollout_stage_rollout_id_fkey FOREIGN KEY (rollout_id) REFERENCES rollout(id);

alter table plancheck.rollout_statement add constraint rollout_statement_rollout_id_task_fkey FOREIGN KEY (rollout_id, task) REFERENCES rollout_task(rollout_id, number);

alter table plancheck.rollout_task add constraint rollout_task_rollout_id_stage_fkey FOREIGN KEY (rollout_id, stage) REFERENCES rollout_stage(rollout_id, number);

alter table plancheck.rollout_task add constraint rollout_task_sheet_fkey FOREIGN KEY (sheet) REFERENCES sheet(sha256);

alter table plancheck.rollout_waiting add constraint rollout_waiting_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id);

alter table plancheck.sheet_reference add constraint sheet_reference_project_id_fkey FOREIGN KEY (project_id) REFERENCES project(id);

alter table plancheck.sheet_reference add constraint sheet_reference_sha256_fkey FOREIGN KEY (sha256) REFERENCES sheet(sha256);

alter table plancheck.user_role add constraint user_role_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id);

alter table plancheck.webhook add constraint webhook_project_id_fkey FOREIGN KEY (project_id) REFERENCES project(id);

alter table plancheck.webhook_delivery add constraint webhook_delivery_project_id_webhook_id_fkey FOREIGN KEY (project_id, webhook_id) REFERENCES webhook(project_id, id) ON DELETE CASCADE;

CREATE INDEX access_token_of_user ON plancheck.access_token USING btree (user_id, created_at);

CREATE INDEX approval_decision_of_plan ON plancheck.approval_decision USING btree (plan_id, id);

CREATE INDEX approval_policy_of_project ON plancheck.approval_policy USING btree (project_id, id);

CREATE INDEX computed_sheet_of_sheet ON plancheck.computed_sheet USING btree (sha256);

CREATE INDEX database_change_of_database ON plancheck.database_change USING btree (instance, database, id);

CREATE INDEX gate_override_of_plan ON plancheck.gate_override USING btree (plan_id, id);

CREATE INDEX instance_of_environment ON plancheck.instance USING btree (environment);

CREATE UNIQUE INDEX plan_check_run_legacy_uid_of_check ON plancheck.plan_check_run_legacy_uid USING btree (plan_id, target, sheet, type) WHERE listed;

CREATE INDEX plan_check_run_log_of_run ON plancheck.plan_check_run_log USING btree (run_id, id);

CREATE INDEX plan_check_run_unfolded ON plancheck.plan_check_run USING btree (id) WHERE (result_attempt < attempt);

CREATE UNIQUE INDEX review_policy_scope ON plancheck.review_policy USING btree (COALESCE(project_id, ''::text), COALESCE(environment, ''::text));

CREATE UNIQUE INDEX rollout_live ON plancheck.rollout USING btree (plan_id) WHERE (status = ANY (ARRAY['ACTIVE'::text, 'CANCELING'::text]));

CREATE INDEX rollout_task_moving ON plancheck.rollout_task USING btree (rollout_id, number) WHERE (state = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text]));

CREATE INDEX rollout_task_of_database ON plancheck.rollout_task USING btree (rollout_id, instance, database, number);

CREATE INDEX rollout_task_of_state ON plancheck.rollout_task USING btree (rollout_id, stage, state, number);

CREATE INDEX scheduled_tasks_execution_time ON plancheck.scheduled_tasks USING btree (execution_time);

CREATE INDEX scheduled_tasks_last_heartbeat ON plancheck.scheduled_tasks USING btree (last_heartbeat);

CREATE INDEX sheet_reference_of_sheet ON plancheck.sheet_reference USING btree (sha256);

CREATE INDEX webhook_delivery_due ON plancheck.webhook_delivery USING btree (next_at) WHERE (state = 'PENDING'::text);

CREATE INDEX webhook_delivery_of_webhook ON plancheck.webhook_delivery USING btree (project_id, webhook_id, number);

CREATE OR REPLACE FUNCTION plancheck.guard_plan_check_run()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.id = old.id and new.plan_id = old.plan_id and (
    new.attempt = old.attempt and (
      new.status = old.status
      or old.status = 'QUEUED' and new.status in ('RUNNING', 'CANCELED', 'FAILED')
      or old.status = 'RUNNING' and new.status in ('DONE', 'FAILED', 'CANCELED'))
    or new.attempt = old.attempt + 1 and new.status = 'QUEUED'
      and old.status in ('DONE', 'FAILED', 'CANCELED'))
  then
    return new;
  end if;
  raise exception 'plan check run % cannot become % in attempt % (it is % in attempt %)',
    old.id, new.status, new.attempt, old.status, old.attempt
    using errcode = 'check_violation';
end
$function$;

CREATE OR REPLACE FUNCTION plancheck.guard_rollout()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.id = old.id and new.uid = old.uid and new.plan_id = old.plan_id and (
      new.status = old.status
      or old.status = 'ACTIVE' and new.status in ('CANCELING', 'DONE')
      or old.status = 'CANCELING' and new.status = 'CANCELED'
      or old.status = 'CANCELED' and new.status = 'ACTIVE')
  then
    return new;
  end if;
  raise exception 'rollout % cannot become % (it is %)', old.id, new.status, old.status
    using errcode = 'check_violation';
end
$function$;

CREATE OR REPLACE FUNCTION plancheck.guard_rollout_task()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.rollout_id = old.rollout_id and new.number = old.number and new.epoch >= old.epoch
    and new.turn >= old.turn and (
      new.state = old.state and old.state not in ('DONE', 'SKIPPED')
      or old.state = 'PENDING'
        and new.state in ('QUEUED', 'FAILED', 'CANCELED', 'SKIPPED', 'UNKNOWN')
      or old.state = 'QUEUED' and new.state in ('RUNNING', 'PENDING', 'CANCELED', 'UNKNOWN')
      or old.state = 'RUNNING'
        and new.state in ('QUEUED', 'PENDING', 'DONE', 'FAILED', 'CANCELED', 'UNKNOWN', 'DRIFTED')
      or old.state in ('FAILED', 'CANCELED', 'DRIFTED') and new.state in ('PENDING', 'SKIPPED')
      or old.state = 'UNKNOWN' and new.state in ('PENDING', 'DONE', 'CANCELED', 'SKIPPED'))
  then
    return new;
  end if;
  raise exception 'task % of rollout % cannot become % (it is %)',
    old.number, old.rollout_id, new.state, old.state
    using errcode = 'check_violation';
end
$function$;

CREATE OR REPLACE FUNCTION plancheck.refuse_change_of_access_log()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'access_log is only ever appended to'
    using errcode = 'integrity_constraint_violation';
end
$function$;

CREATE OR REPLACE FUNCTION plancheck.refuse_change_of_approvals()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is only ever appended to', tg_table_name
    using errcode = 'integrity_constraint_violation';
end
$function$;

CREATE OR REPLACE FUNCTION plancheck.refuse_change_of_database_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'database_change is only ever appended to'
    using errcode = 'integrity_constraint_violation';
end
$function$;

CREATE OR REPLACE FUNCTION plancheck.refuse_change_of_gate_override()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'gate_override is only ever appended to'
    using errcode = 'integrity_constraint_violation';
end
$function$;

CREATE OR REPLACE FUNCTION plancheck.refuse_change_of_log()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'plan_check_run_log is only ever appended to'
    using errcode = 'integrity_constraint_violation';
end
$function$;

CREATE OR REPLACE FUNCTION plancheck.refuse_change_of_release()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a release is never changed'
    using errcode = 'integrity_constraint_violation';
end
$function$;

CREATE OR REPLACE FUNCTION plancheck.tell_plan_check_run()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('plancheck_plan_check_run', new.id::text);
  return null;
end
$function$;

CREATE TRIGGER access_log_append_only BEFORE DELETE OR UPDATE ON plancheck.access_log FOR EACH ROW EXECUTE FUNCTION refuse_change_of_access_log();

CREATE TRIGGER approval_decision_append_only BEFORE DELETE OR UPDATE ON plancheck.approval_decision FOR EACH ROW EXECUTE FUNCTION refuse_change_of_approvals();

CREATE TRIGGER approval_policy_append_only BEFORE DELETE OR UPDATE ON plancheck.approval_policy FOR EACH ROW EXECUTE FUNCTION refuse_change_of_approvals();

CREATE TRIGGER database_change_append_only BEFORE DELETE OR UPDATE ON plancheck.database_change FOR EACH ROW EXECUTE FUNCTION refuse_change_of_database_change();

CREATE TRIGGER gate_override_append_only BEFORE DELETE OR UPDATE ON plancheck.gate_override FOR EACH ROW EXECUTE FUNCTION refuse_change_of_gate_override();

CREATE TRIGGER plan_check_run_changed AFTER INSERT OR UPDATE ON plancheck.plan_check_run FOR EACH ROW EXECUTE FUNCTION tell_plan_check_run();

CREATE TRIGGER plan_check_run_steps BEFORE UPDATE ON plancheck.plan_check_run FOR EACH ROW EXECUTE FUNCTION guard_plan_check_run();

CREATE TRIGGER plan_check_run_log_append_only BEFORE DELETE OR UPDATE ON plancheck.plan_check_run_log FOR EACH ROW EXECUTE FUNCTION refuse_change_of_log();

CREATE TRIGGER release_immutable BEFORE UPDATE ON plancheck.release FOR EACH ROW EXECUTE FUNCTION refuse_change_of_release();

CREATE TRIGGER rollout_steps BEFORE UPDATE ON plancheck.rollout FOR EACH ROW EXECUTE FUNCTION guard_rollout();

CREATE TRIGGER rollout_task_steps BEFORE UPDATE ON plancheck.rollout_task FOR EACH ROW EXECUTE FUNCTION guard_rollout_task();

create view plancheck.plan_check_result as
 SELECT run.id AS run_id,
    plan.project_id,
    plan.number AS plan_number,
    run.result_attempt AS attempt,
    expanded.target_ordinal,
    expanded.result_ordinal,
    expanded.target,
    expanded.spec,
    expanded.sheet_sha256,
    expanded.type,
    expanded.outcome,
    expanded.status,
    expanded.rule,
    expanded.title,
    expanded.content,
    expanded.start_line,
    expanded.start_column,
    expanded.end_line,
    expanded.end_column,
    expanded.affected_method,
    expanded.affected_rows,
    expanded.affected_note,
    expanded.fingerprint,
    expanded.statement_types,
    expanded.changed_tables,
    expanded.checked_at,
    expanded.computed_sha256
   FROM (((plan_check_run run
     JOIN plan plan ON ((plan.id = run.plan_id)))
     CROSS JOIN LATERAL ( SELECT (0)::bigint AS first_target,
            run.result AS payload
        UNION ALL
         SELECT overflow.first_target,
            overflow.payload
           FROM plan_check_run_overflow overflow
          WHERE ((overflow.run_id = run.id) AND (overflow.attempt = run.result_attempt))) stored)
     CROSS JOIN LATERAL ( WITH checked AS (
                 SELECT entry.ordinal,
                    replace((entry.body ->> 'type'::text), 'PLAN_CHECK_TYPE_'::text, ''::text) AS type,
                    (entry.body ->> 'outcome'::text) AS outcome,
                    COALESCE(((entry.body ->> 'summary'::text))::boolean, false) AS is_summary
                   FROM jsonb_array_elements((stored.payload -> 'checks'::text)) WITH ORDINALITY entry(body, ordinal)
                ), finding AS (
                 SELECT entry.ordinal,
                    entry.body,
                        CASE
                            WHEN (entry.body ? 'check'::text) THEN ((entry.body ->> 'check'::text))::bigint
                            ELSE count(*) FILTER (WHERE (NOT (entry.body ? 'check'::text))) OVER (ORDER BY entry.ordinal)
                        END AS checked
                   FROM jsonb_array_elements((stored.payload -> 'findings'::text)) WITH ORDINALITY entry(body, ordinal)
                ), statements AS (
                 SELECT entry.ordinal,
                    COALESCE((entry.body -> 'types'::text), '[]'::jsonb) AS types
                   FROM jsonb_array_elements((stored.payload -> 'statementTypes'::text)) WITH ORDINALITY entry(body, ordinal)
                ), shape AS (
                 SELECT entry.ordinal,
                    entry.body
                   FROM jsonb_array_elements((stored.payload -> 'tables'::text)) WITH ORDINALITY entry(body, ordinal)
                ), summary AS (
                 SELECT entry.ordinal,
                    entry.body,
                        CASE
                            WHEN (entry.body ? 'statementTypes'::text) THEN ((entry.body ->> 'statementTypes'::text))::bigint
                            ELSE count(*) FILTER (WHERE (NOT (entry.body ? 'statementTypes'::text))) OVER (ORDER BY entry.ordinal)
                        END AS statements
                   FROM jsonb_array_elements((stored.payload -> 'summaries'::text)) WITH ORDINALITY entry(body, ordinal)
                ), summary_table AS (
                 SELECT summary_1.ordinal AS summary,
                    reference.ordinal AS "position",
                        CASE
                            WHEN (reference.text = '0'::text) THEN count(*) FILTER (WHERE (reference.text = '0'::text)) OVER (ORDER BY summary_1.ordinal, reference.ordinal)
                            ELSE (reference.text)::bigint
                        END AS shape
                   FROM (summary summary_1
                     CROSS JOIN LATERAL jsonb_array_elements_text((summary_1.body -> 'tables'::text)) WITH ORDINALITY reference(text, ordinal))
                ), part AS (
                 SELECT entry.ordinal,
                    entry.body,
                        CASE
                            WHEN (entry.body ? 'pattern'::text) THEN ((entry.body ->> 'pattern'::text))::bigint
                            ELSE count(*) FILTER (WHERE (NOT (entry.body ? 'pattern'::text))) OVER (ORDER BY entry.ordinal)
                        END AS pattern,
                        CASE
                            WHEN (NOT (entry.body ? 'numbers'::text)) THEN NULL::bigint
                            WHEN (entry.body ? 'summary'::text) THEN ((entry.body ->> 'summary'::text))::bigint
                            ELSE count(*) FILTER (WHERE ((entry.body ? 'numbers'::text) AND (NOT (entry.body ? 'summary'::text)))) OVER (ORDER BY entry.ordinal)
                        END AS summary,
                    count((entry.body ->> 'spec'::text)) OVER (ORDER BY entry.ordinal) AS spec,
                    count((entry.body ->> 'sheetSha256'::text)) OVER (ORDER BY entry.ordinal) AS sheet,
                    count((entry.body ->> 'computedSha256'::text)) OVER (ORDER BY entry.ordinal) AS computed
                   FROM jsonb_array_elements((stored.payload -> 'targets'::text)) WITH ORDINALITY entry(body, ordinal)
                ), pattern_finding AS (
                 SELECT part_1.pattern,
                    reference.ordinal AS "position",
                        CASE
                            WHEN (reference.text = '0'::text) THEN count(*) FILTER (WHERE (reference.text = '0'::text)) OVER (ORDER BY part_1.ordinal, reference.ordinal)
                            ELSE (reference.text)::bigint
                        END AS finding
                   FROM (part part_1
                     CROSS JOIN LATERAL jsonb_array_elements_text((part_1.body -> 'findings'::text)) WITH ORDINALITY reference(text, ordinal))
                ), "time" AS (
                 SELECT entry.ordinal,
                    (entry.text)::timestamp with time zone AS at
                   FROM jsonb_array_elements_text((stored.payload -> 'times'::text)) WITH ORDINALITY entry(text, ordinal)
                ), spec AS (
                 SELECT part_1.spec AS number,
                    (part_1.body ->> 'spec'::text) AS text
                   FROM part part_1
                  WHERE (part_1.body ? 'spec'::text)
                ), sheet AS (
                 SELECT part_1.sheet AS number,
                    (part_1.body ->> 'sheetSha256'::text) AS text
                   FROM part part_1
                  WHERE (part_1.body ? 'sheetSha256'::text)
                ), computed AS (
                 SELECT part_1.computed AS number,
                    (part_1.body ->> 'computedSha256'::text) AS text
                   FROM part part_1
                  WHERE (part_1.body ? 'computedSha256'::text)
                ), changed AS (
                 SELECT part_1.ordinal,
                    jsonb_agg(jsonb_build_object('table', COALESCE((shape.body ->> 'table'::text), ''::text), 'rows',
                        CASE
                            WHEN ((shape.body ->> 'rowsKnown'::text))::boolean THEN (((part_1.body -> 'numbers'::text) ->> (((3 * summary_table."position") - 2))::integer))::bigint
                            ELSE NULL::bigint
                        END, 'bytes',
                        CASE
                            WHEN ((shape.body ->> 'bytesKnown'::text))::boolean THEN (((part_1.body -> 'numbers'::text) ->> (((3 * summary_table."position") - 1))::integer))::bigint
                            ELSE NULL::bigint
                        END, 'affectedMethod', (shape.body #>> '{affected,method}'::text[]), 'affectedRows',
                        CASE
                            WHEN ((shape.body #>> '{affected,method}'::text[]) <> 'UNKNOWN'::text) THEN (((part_1.body -> 'numbers'::text) ->> ((3 * summary_table."position"))::integer))::bigint
                            ELSE NULL::bigint
                        END, 'affectedNote', COALESCE((shape.body #>> '{affected,note}'::text[]), ''::text), 'alteration', (shape.body ->> 'alteration'::text)) ORDER BY summary_table."position") AS tables
                   FROM ((part part_1
                     JOIN summary_table ON ((summary_table.summary = part_1.summary)))
                     JOIN shape ON ((shape.ordinal = summary_table.shape)))
                  GROUP BY part_1.ordinal
                )
         SELECT (stored.first_target + part.ordinal) AS target_ordinal,
            pattern_finding."position" AS result_ordinal,
            (part.body ->> 'target'::text) AS target,
            COALESCE(spec.text, ''::text) AS spec,
            COALESCE(sheet.text, ''::text) AS sheet_sha256,
            checked.type,
            checked.outcome,
            (finding.body ->> 'status'::text) AS status,
            COALESCE((finding.body ->> 'rule'::text), ''::text) AS rule,
            COALESCE((finding.body ->> 'title'::text), ''::text) AS title,
            COALESCE((finding.body ->> 'content'::text), ''::text) AS content,
            ((finding.body #>> '{range,startLine}'::text[]))::integer AS start_line,
            ((finding.body #>> '{range,startColumn}'::text[]))::integer AS start_column,
            ((finding.body #>> '{range,endLine}'::text[]))::integer AS end_line,
            ((finding.body #>> '{range,endColumn}'::text[]))::integer AS end_column,
            (summary.body #>> '{affected,method}'::text[]) AS affected_method,
                CASE
                    WHEN ((summary.body #>> '{affected,method}'::text[]) <> 'UNKNOWN'::text) THEN ((part.body #>> '{numbers,0}'::text[]))::bigint
                    ELSE NULL::bigint
                END AS affected_rows,
                CASE
                    WHEN (summary.body IS NOT NULL) THEN COALESCE((summary.body #>> '{affected,note}'::text[]), ''::text)
                    ELSE NULL::text
                END AS affected_note,
                CASE
                    WHEN (summary.body IS NOT NULL) THEN COALESCE((summary.body ->> 'fingerprint'::text), ''::text)
                    ELSE NULL::text
                END AS fingerprint,
            statements.types AS statement_types,
                CASE
                    WHEN (summary.body IS NOT NULL) THEN COALESCE(changed.tables, '[]'::jsonb)
                    ELSE NULL::jsonb
                END AS changed_tables,
            COALESCE("time".at, run.result_started_at) AS checked_at,
            COALESCE(computed.text, ''::text) AS computed_sha256
           FROM ((((((((((part
             JOIN pattern_finding ON ((pattern_finding.pattern = part.pattern)))
             JOIN finding ON ((finding.ordinal = pattern_finding.finding)))
             JOIN checked ON ((checked.ordinal = finding.checked)))
             LEFT JOIN spec ON ((spec.number = part.spec)))
             LEFT JOIN sheet ON ((sheet.number = part.sheet)))
             LEFT JOIN computed ON ((computed.number = part.computed)))
             LEFT JOIN summary ON ((checked.is_summary AND (summary.ordinal = part.summary))))
             LEFT JOIN statements ON ((statements.ordinal = summary.statements)))
             LEFT JOIN changed ON ((checked.is_summary AND (changed.ordinal = part.ordinal))))
             LEFT JOIN "time" ON (("time".ordinal = ((part.body ->> 'time'::text))::bigint)))) expanded);

create view plancheck.scheduled_changes as
 SELECT task_name,
    task_instance,
    task_data,
    execution_time,
    picked,
    picked_by,
    last_success,
    last_failure,
    consecutive_failures,
    last_heartbeat,
    version,
    priority,
    state
   FROM scheduled_tasks
  WHERE (task_name = 'rollout-task'::text);

create view plancheck.scheduled_chores as
 SELECT task_name,
    task_instance,
    task_data,
    execution_time,
    picked,
    picked_by,
    last_success,
    last_failure,
    consecutive_failures,
    last_heartbeat,
    version,
    priority,
    state
   FROM scheduled_tasks
  WHERE ((task_name <> 'plan-check-shard'::text) AND (task_name !~~ 'rollout-%'::text));

create view plancheck.scheduled_rollouts as
 SELECT task_name,
    task_instance,
    task_data,
    execution_time,
    picked,
    picked_by,
    last_success,
    last_failure,
    consecutive_failures,
    last_heartbeat,
    version,
    priority,
    state
   FROM scheduled_tasks
  WHERE ((task_name ~~ 'rollout-%'::text) AND (task_name <> 'rollout-task'::text));

create view plancheck.scheduled_shards as
 SELECT task_name,
    task_instance,
    task_data,
    execution_time,
    picked,
    picked_by,
    last_success,
    last_failure,
    consecutive_failures,
    last_heartbeat,
    version,
    priority,
    state
   FROM scheduled_tasks
  WHERE (task_name = 'plan-check-shard'::text);

insert into plancheck.environment (id, title, position) values ('test', 'Test', 1);

insert into plancheck.environment (id, title, position) values ('staging', 'Staging', 2);

insert into plancheck.environment (id, title, position) values ('production', 'Production', 3);
