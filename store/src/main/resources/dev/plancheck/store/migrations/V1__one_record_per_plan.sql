-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- Projects, instances, databases, sheets, plans, and the one record of each plan's checks.
-- Names sort by code point (collation "C") because pages of the API do.
-- What columns of type jsonb hold is described in the protobuf files of the module api, package
-- plancheck.store; text in them and in free text columns is escaped as StoredText says.

create table plancheck.project (
  id text collate "C" primary key,
  title text not null,
  settings jsonb not null,
  -- The number that the project's next plan gets.
  next_plan_number bigint not null default 1 check (next_plan_number > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table plancheck.instance (
  id text collate "C" primary key,
  title text not null,
  engine text not null,
  environment text not null,
  host text not null,
  port integer not null,
  username text not null,
  -- How the password is kept, never the password: ENV and FILE name where it is, SEALED is
  -- encrypted by a key that is not in this database.
  password_kind text not null check (password_kind in ('NONE', 'ENV', 'FILE', 'SEALED')),
  password_reference text not null,
  tls_mode text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table plancheck.database (
  instance_id text collate "C" not null references plancheck.instance on delete cascade,
  name text collate "C" not null,
  labels jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (instance_id, name)
);

create table plancheck.sheet (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  -- The text in UTF-8.
  content bytea not null,
  created_at timestamptz not null default now()
);

create table plancheck.plan (
  id bigint generated always as identity primary key,
  project_id text collate "C" not null references plancheck.project,
  -- From 1 in each project.
  number bigint not null,
  title text not null,
  -- PlanSpecs
  specs jsonb not null,
  -- Counts edits from 1.
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (project_id, number)
);

-- One row per plan. Lists, badges and gates read columns and never open the JSON; progress moves
-- counters and never rewrites it.
--
-- Who changes a run locks in this order: its shards by number, then this row. An attempt is folded
-- when `result` is its own: result_attempt = attempt.
create table plancheck.plan_check_run (
  id bigint generated always as identity primary key,
  plan_id bigint not null unique references plancheck.plan,
  status text not null check (status in ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELED')),
  verdict text check (verdict in ('PASS', 'WARN', 'FAIL', 'INCOMPLETE')),
  -- Counts runs that a user asked for, from 1; the fence of every write.
  attempt integer not null check (attempt > 0),
  plan_version integer not null,
  policy_hash text not null,
  rules_version text not null,
  membership_hash text not null,
  -- Targets chosen for checking; of them finished.
  target_count integer not null check (target_count >= 0),
  done_count integer not null default 0 check (done_count >= 0),
  -- Performed results by status, and results of checks that could not be made.
  success_count integer not null default 0 check (success_count >= 0),
  warning_count integer not null default 0 check (warning_count >= 0),
  error_count integer not null default 0 check (error_count >= 0),
  not_performed_count integer not null default 0 check (not_performed_count >= 0),
  -- All matched targets, from which the chosen ones were sampled.
  sampled_of integer not null check (sampled_of >= 0),
  -- Shards of the attempt that are not complete.
  shards_left integer not null check (shards_left >= 0),
  -- Chunks that the attempt has stored, which are numbered by it.
  chunk_count integer not null default 0 check (chunk_count >= 0),
  -- The age of the run counts from here.
  oldest_result_at timestamptz,
  -- PlanCheckRunConfig
  config jsonb not null,
  -- DeduplicatedResult: what of the folded result fits into the row, the rest is in
  -- plan_check_run_overflow; null while nothing was ever folded.
  result jsonb,
  -- The attempt that `result` is of, 0 for none; when that began; how many results `result` holds.
  result_attempt integer not null default 0 check (result_attempt between 0 and attempt),
  result_started_at timestamptz,
  result_count bigint not null default 0 check (result_count >= 0),
  -- What stopped a FAILED run; else empty.
  error text not null default '',
  created_at timestamptz not null default now(),
  queued_at timestamptz not null default now(),
  started_at timestamptz,
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint plan_check_run_verdict_when_final
    check ((verdict is null) = (status in ('QUEUED', 'RUNNING'))),
  constraint plan_check_run_finished_when_final
    check ((finished_at is null) = (status in ('QUEUED', 'RUNNING'))),
  constraint plan_check_run_result_of_an_attempt
    check ((result is null) = (result_attempt = 0))
)
-- Counters move without touching an index, in the row's own page.
with (fillfactor = 60);

-- What is at work or waits for its fold.
create index plan_check_run_unfolded on plancheck.plan_check_run (id)
  where result_attempt < attempt;

-- A run takes these steps and no others, whoever writes.
create function plancheck.guard_plan_check_run() returns trigger
  language plpgsql
  as $$
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
$$;

create trigger plan_check_run_steps
  before update on plancheck.plan_check_run
  for each row execute function plancheck.guard_plan_check_run();

-- The stretches that an attempt is worked on in, until it is folded.
create table plancheck.plan_check_run_shard (
  run_id bigint not null references plancheck.plan_check_run,
  attempt integer not null,
  shard integer not null check (shard >= 0),
  -- Counts owners: what an owner writes names it.
  epoch integer not null default 0,
  -- Places among the targets that the attempt checks, from 0, the end exclusive.
  first_place integer not null check (first_place >= 0),
  end_place integer not null,
  state text not null default 'QUEUED' check (state in ('QUEUED', 'RUNNING', 'DONE')),
  -- Places that have results.
  done integer not null default 0,
  -- Owners in a row, with the present one, that have not stored a single target.
  barren integer not null default 0 check (barren >= 0),
  primary key (run_id, attempt, shard),
  check (end_place >= first_place),
  check (done between 0 and end_place - first_place),
  check (state <> 'DONE' or done = end_place - first_place)
)
with (fillfactor = 60);

-- What was found on finished targets, until it is folded.
create table plancheck.plan_check_run_chunk (
  run_id bigint not null,
  attempt integer not null,
  shard integer not null,
  -- In the order of commits over all shards of the attempt, from 1.
  seq integer not null,
  -- The shard's when this was stored.
  epoch integer not null,
  -- Of the finished targets, and how many results of `payload` belong to each, in order.
  places integer[] not null,
  counts integer[] not null,
  -- DeduplicatedResult
  payload jsonb not null,
  primary key (run_id, attempt, shard, seq),
  foreign key (run_id, attempt, shard) references plancheck.plan_check_run_shard
);

-- What of a folded result exceeds its row's byte budget, in parts of that size. Each part is a
-- DeduplicatedResult of its own.
create table plancheck.plan_check_run_overflow (
  run_id bigint not null references plancheck.plan_check_run,
  -- Of the result that the part belongs to.
  attempt integer not null,
  seq integer not null check (seq > 0),
  -- Targets and results of all parts before, those in the row included.
  first_target bigint not null,
  first_result bigint not null,
  result_count bigint not null,
  payload jsonb not null,
  primary key (run_id, attempt, seq)
);

-- What happened to each attempt; only ever appended to. Approvals, overrides and rollouts point
-- into it.
create table plancheck.plan_check_run_log (
  id bigint generated always as identity primary key,
  run_id bigint not null references plancheck.plan_check_run,
  kind text not null check (kind in ('QUEUED', 'CANCELED', 'DONE', 'FAILED')),
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
  at timestamptz not null
);

create index plan_check_run_log_of_run on plancheck.plan_check_run_log (run_id, id);

create function plancheck.refuse_change_of_log() returns trigger
  language plpgsql
  as $$
begin
  raise exception 'plan_check_run_log is only ever appended to'
    using errcode = 'integrity_constraint_violation';
end
$$;

create trigger plan_check_run_log_append_only
  before update or delete on plancheck.plan_check_run_log
  for each row execute function plancheck.refuse_change_of_log();

-- Connections to users' instances that are open, over all processes.
create table plancheck.connection_lease (
  instance text collate "C" not null,
  slot integer not null check (slot >= 0),
  -- The process, and what tells this lease from an earlier one of the slot.
  owner text not null,
  token uuid not null,
  until timestamptz not null,
  primary key (instance, slot)
);

-- Processes that found no free slot lately.
create table plancheck.connection_wish (
  instance text collate "C" not null,
  owner text not null,
  until timestamptz not null,
  primary key (instance, owner)
);

-- The table of db-scheduler, in the form that it prescribes for PostgreSQL; whatever it says of our
-- runs only wakes somebody up.
create table plancheck.scheduled_tasks (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamptz,
  picked boolean not null,
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures integer,
  last_heartbeat timestamptz,
  version bigint not null,
  priority smallint,
  state text,
  primary key (task_name, task_instance)
);

create index scheduled_tasks_execution_time on plancheck.scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on plancheck.scheduled_tasks (last_heartbeat);

-- A process has one scheduler for shards and one for everything else, so that shards, which take
-- long, never keep a fold or the reconciler waiting. Each sees only what is its own.
create view plancheck.scheduled_shards as
select * from plancheck.scheduled_tasks where task_name = 'plan-check-shard';

create view plancheck.scheduled_chores as
select * from plancheck.scheduled_tasks where task_name <> 'plan-check-shard';

-- Tells who watches which run changed, when the change is committed; the payload is the id.
create function plancheck.tell_plan_check_run() returns trigger
  language plpgsql
  as $$
begin
  perform pg_notify('plancheck_plan_check_run', new.id::text);
  return null;
end
$$;

create trigger plan_check_run_changed
  after insert or update on plancheck.plan_check_run
  for each row execute function plancheck.tell_plan_check_run();

-- lz4 where the server was built with it: faster both ways than the default, about as small.
do $$
begin
  alter table plancheck.sheet alter column content set compression lz4;
  alter table plancheck.plan alter column specs set compression lz4;
  alter table plancheck.plan_check_run alter column config set compression lz4;
  alter table plancheck.plan_check_run alter column result set compression lz4;
  alter table plancheck.plan_check_run_chunk alter column payload set compression lz4;
  alter table plancheck.plan_check_run_overflow alter column payload set compression lz4;
exception when feature_not_supported then
  raise notice 'this server has no lz4: the default compression is used';
end
$$;

-- For analysts: one row per folded result, as the API lists them. Ordered by target_ordinal and
-- result_ordinal the rows of a run are in plan order. `attempt` is the one that the results were
-- folded in, `checked_at` when the attempt began that found the result. See DeduplicatedResult for the stored form: a
-- reference is the number of an entry, or 0, which the JSON leaves out, for the next entry that
-- nothing referred to before; hence the counts of zeros so far.
create view plancheck.plan_check_result as
select
  run.id as run_id,
  plan.project_id,
  plan.number as plan_number,
  run.result_attempt as attempt,
  expanded.*
from plancheck.plan_check_run as run
join plancheck.plan as plan on plan.id = run.plan_id
cross join lateral (
  select 0::bigint as first_target, run.result as payload
  union all
  select overflow.first_target, overflow.payload
  from plancheck.plan_check_run_overflow as overflow
  where overflow.run_id = run.id and overflow.attempt = run.result_attempt
) as stored
cross join lateral (
  with checked as (
    select
      ordinal,
      replace(body ->> 'type', 'PLAN_CHECK_TYPE_', '') as type,
      body ->> 'outcome' as outcome,
      coalesce((body ->> 'summary')::boolean, false) as is_summary
    from jsonb_array_elements(stored.payload -> 'checks') with ordinality as entry (body, ordinal)
  ),
  finding as (
    select
      ordinal,
      body,
      case when body ? 'check' then (body ->> 'check')::bigint
        else count(*) filter (where not body ? 'check') over (order by ordinal)
      end as checked
    from jsonb_array_elements(stored.payload -> 'findings') with ordinality as entry (body, ordinal)
  ),
  statements as (
    select ordinal, coalesce(body -> 'types', '[]') as types
    from jsonb_array_elements(stored.payload -> 'statementTypes')
      with ordinality as entry (body, ordinal)
  ),
  shape as (
    select ordinal, body
    from jsonb_array_elements(stored.payload -> 'tables') with ordinality as entry (body, ordinal)
  ),
  summary as (
    select
      ordinal,
      body,
      case when body ? 'statementTypes' then (body ->> 'statementTypes')::bigint
        else count(*) filter (where not body ? 'statementTypes') over (order by ordinal)
      end as statements
    from jsonb_array_elements(stored.payload -> 'summaries') with ordinality as entry (body, ordinal)
  ),
  summary_table as (
    select
      summary.ordinal as summary,
      reference.ordinal as position,
      case when reference.text = '0'
        then count(*) filter (where reference.text = '0')
          over (order by summary.ordinal, reference.ordinal)
        else reference.text::bigint
      end as shape
    from summary
    cross join lateral jsonb_array_elements_text(summary.body -> 'tables')
      with ordinality as reference (text, ordinal)
  ),
  part as (
    select
      ordinal,
      body,
      case when body ? 'pattern' then (body ->> 'pattern')::bigint
        else count(*) filter (where not body ? 'pattern') over (order by ordinal)
      end as pattern,
      case
        when not body ? 'numbers' then null
        when body ? 'summary' then (body ->> 'summary')::bigint
        else count(*) filter (where body ? 'numbers' and not body ? 'summary')
          over (order by ordinal)
      end as summary,
      count(body ->> 'spec') over (order by ordinal) as spec,
      count(body ->> 'sheetSha256') over (order by ordinal) as sheet,
      count(body ->> 'computedSha256') over (order by ordinal) as computed
    from jsonb_array_elements(stored.payload -> 'targets') with ordinality as entry (body, ordinal)
  ),
  pattern_finding as (
    select
      part.pattern,
      reference.ordinal as position,
      case when reference.text = '0'
        then count(*) filter (where reference.text = '0')
          over (order by part.ordinal, reference.ordinal)
        else reference.text::bigint
      end as finding
    from part
    cross join lateral jsonb_array_elements_text(part.body -> 'findings')
      with ordinality as reference (text, ordinal)
  ),
  time as (
    select ordinal, text::timestamptz as at
    from jsonb_array_elements_text(stored.payload -> 'times')
      with ordinality as entry (text, ordinal)
  ),
  spec as (
    select spec as number, body ->> 'spec' as text from part where body ? 'spec'
  ),
  sheet as (
    select sheet as number, body ->> 'sheetSha256' as text from part where body ? 'sheetSha256'
  ),
  computed as (
    select computed as number, body ->> 'computedSha256' as text
    from part
    where body ? 'computedSha256'
  ),
  -- The numbers of the n-th table of a summary, from 1, are at 3n - 2, 3n - 1 and 3n.
  changed as (
    select
      part.ordinal,
      jsonb_agg(
        jsonb_build_object(
          'table', coalesce(shape.body ->> 'table', ''),
          'rows', case when (shape.body ->> 'rowsKnown')::boolean
            then (part.body -> 'numbers' ->> (3 * summary_table.position - 2)::integer)::bigint
            end,
          'bytes', case when (shape.body ->> 'bytesKnown')::boolean
            then (part.body -> 'numbers' ->> (3 * summary_table.position - 1)::integer)::bigint
            end,
          'affectedMethod', shape.body #>> '{affected,method}',
          'affectedRows', case when shape.body #>> '{affected,method}' <> 'UNKNOWN'
            then (part.body -> 'numbers' ->> (3 * summary_table.position)::integer)::bigint end,
          'affectedNote', coalesce(shape.body #>> '{affected,note}', ''),
          -- Null where the table is not altered, or of an engine that alters without online DDL.
          'alteration', shape.body ->> 'alteration')
        order by summary_table.position) as tables
    from part
    join summary_table on summary_table.summary = part.summary
    join shape on shape.ordinal = summary_table.shape
    group by part.ordinal
  )
  select
    stored.first_target + part.ordinal as target_ordinal,
    pattern_finding.position as result_ordinal,
    part.body ->> 'target' as target,
    coalesce(spec.text, '') as spec,
    coalesce(sheet.text, '') as sheet_sha256,
    checked.type,
    checked.outcome,
    finding.body ->> 'status' as status,
    coalesce(finding.body ->> 'rule', '') as rule,
    coalesce(finding.body ->> 'title', '') as title,
    coalesce(finding.body ->> 'content', '') as content,
    (finding.body #>> '{range,startLine}')::integer as start_line,
    (finding.body #>> '{range,startColumn}')::integer as start_column,
    (finding.body #>> '{range,endLine}')::integer as end_line,
    (finding.body #>> '{range,endColumn}')::integer as end_column,
    -- Null but for the result of a summary report.
    summary.body #>> '{affected,method}' as affected_method,
    case when summary.body #>> '{affected,method}' <> 'UNKNOWN'
      then (part.body #>> '{numbers,0}')::bigint end as affected_rows,
    case when summary.body is not null
      then coalesce(summary.body #>> '{affected,note}', '') end as affected_note,
    case when summary.body is not null
      then coalesce(summary.body ->> 'fingerprint', '') end as fingerprint,
    statements.types as statement_types,
    case when summary.body is not null
      then coalesce(changed.tables, '[]') end as changed_tables,
    coalesce(time.at, run.result_started_at) as checked_at,
    coalesce(computed.text, '') as computed_sha256
  from part
  join pattern_finding on pattern_finding.pattern = part.pattern
  join finding on finding.ordinal = pattern_finding.finding
  join checked on checked.ordinal = finding.checked
  left join spec on spec.number = part.spec
  left join sheet on sheet.number = part.sheet
  left join computed on computed.number = part.computed
  left join summary on checked.is_summary and summary.ordinal = part.summary
  left join statements on statements.ordinal = summary.statements
  left join changed on checked.is_summary and changed.ordinal = part.ordinal
  left join time on time.ordinal = (part.body ->> 'time')::bigint
) as expanded;
