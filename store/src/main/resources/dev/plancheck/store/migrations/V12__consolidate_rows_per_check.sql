-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- From one row per check to one record per plan. Runs here for rows that were here before, and in
-- `plancheck migrate`, which copies those of another database into the tables legacy_plan and
-- legacy_plan_check_run first. docs/migration.md has the rules in words.
--
-- No record made here opens a gate that was shut: what is missing, odd, unfinished or canceled makes
-- its plan one that must be checked again, and nothing of it is thrown away.
--
-- Everything that grows with the number of rows is in tables; JSON is put together plan by plan, and
-- part by part of a large plan.

lock table plancheck.legacy_plan_check_run, plancheck.legacy_plan in access exclusive mode;

-- Compiling costs more than it saves where a statement does small things often.
set local jit = off;

-- What `plancheck migrate` was asked for, else nothing is trusted.
create temporary table legacy_setting on commit drop as
select
  coalesce(nullif(current_setting('plancheck.legacy_project', true), ''), 'legacy') as project,
  nullif(current_setting('plancheck.legacy_trust_days', true), '')::integer as trust_days,
  coalesce(nullif(current_setting('plancheck.legacy_budget', true), '')::bigint, 8388608) as budget;

-- Every row with its identity, as far as it has one. The newest of an identity answers for it; among
-- equal times the one that was written last. Text with the escape sign is escaped as StoredText says.
create temporary table legacy_row on commit drop as
select
  old.id::bigint as uid,
  old.plan_id,
  old.created_at,
  old.updated_at,
  old.status,
  array_position(
    array[
      'bb.plan-check.database.statement.advise',
      'bb.plan-check.database.statement.summary.report',
      'bb.plan-check.database.ghost.sync'],
    old.type) as type,
  old.type as type_name,
  'instances/' || named.instance || '/databases/' || named.database as target,
  named.database,
  named.sheet,
  row_number() over (
    partition by old.plan_id, old.type, old.config ->> 'instanceId', old.config ->> 'databaseName',
      old.config ->> 'sheetSha256'
    order by old.created_at desc, old.id desc) = 1 as newest
from plancheck.legacy_plan_check_run as old
cross join lateral (
  select
    case when jsonb_typeof(old.config -> 'instanceId') = 'string'
      and old.config ->> 'instanceId' ~ '^[^/]+$'
      then replace(old.config ->> 'instanceId', U&'\241B', U&'\241B241b') end as instance,
    case when jsonb_typeof(old.config -> 'databaseName') = 'string'
      and old.config ->> 'databaseName' <> ''
      then replace(old.config ->> 'databaseName', U&'\241B', U&'\241B241b') end as database,
    case when jsonb_typeof(old.config -> 'sheetSha256') = 'string'
      and old.config ->> 'sheetSha256' <> ''
      then replace(old.config ->> 'sheetSha256', U&'\241B', U&'\241B241b') end as sheet
) as named;

create index on legacy_row (plan_id);
analyze legacy_row;

-- Plans that have their record are left alone: it is at least as new as what would be made here.
create temporary table legacy_todo on commit drop as
select
  old.plan_id,
  count(*) as row_count,
  min(old.created_at) as first_at,
  max(greatest(old.created_at, old.updated_at)) as last_at,
  -- The gate as it was: the newest row of every identity is DONE, without an ERROR.
  bool_and(
      old.status = 'DONE'
      and not jsonb_path_exists(original.result, 'lax $.results[*] ? (@.status == "ERROR")'))
    filter (where old.newest) as open_before,
  exists (
    select
    from plancheck.plan
    join plancheck.plan_check_run as run on run.plan_id = plan.id
    where plan.project_id = (select project from legacy_setting)
      and plan.number = old.plan_id) as is_there
from legacy_row as old
join plancheck.legacy_plan_check_run as original on original.id = old.uid
group by old.plan_id;

create unique index on legacy_todo (plan_id);
analyze legacy_todo;

-- What cannot be understood of rows that count: the newest of their identity, and those without a
-- whole identity, of which nobody can say whether another one replaced them.
create temporary table legacy_problem on commit drop as
select old.plan_id, old.uid, problem.reason
from legacy_row as old
join legacy_todo as todo on todo.plan_id = old.plan_id and not todo.is_there
join plancheck.legacy_plan_check_run as original on original.id = old.uid
cross join lateral (
  select case
    when old.type is null then format('type is %s (expected: a check that is known)', left(old.type_name, 100))
    when old.status not in ('RUNNING', 'DONE', 'FAILED', 'CANCELED')
      then format('status is %s (expected: RUNNING, DONE, FAILED or CANCELED)', left(old.status, 100))
    when jsonb_typeof(original.config) is distinct from 'object' then 'config is not an object'
    when old.target is null then 'config has no instanceId and databaseName'
    when old.sheet is null then 'config has no sheetSha256'
    when exists (
      select
      from unnest(array['enablePriorBackup', 'enableGhost', 'enableSdl']) as flag
      where original.config ? flag and jsonb_typeof(original.config -> flag) <> 'boolean')
      then 'config has a flag that is neither true nor false'
    when original.config ? 'ghostFlags'
      and (jsonb_typeof(original.config -> 'ghostFlags') <> 'object'
        or jsonb_path_exists(original.config, 'lax $.ghostFlags.* ? (@.type() != "string")'))
      then 'config has ghostFlags that are not texts by name'
    when jsonb_typeof(original.result) is distinct from 'object' then 'result is not an object'
    when original.result ? 'error' and jsonb_typeof(original.result -> 'error') <> 'string'
      then 'result has an error that is not a text'
    when original.result ? 'results' and jsonb_typeof(original.result -> 'results') <> 'array'
      then format('results is of type %s (expected: array)',
        jsonb_typeof(original.result -> 'results'))
    else (
      select format('results[%s] %s', element.place - 1, odd.reason)
      from jsonb_array_elements(coalesce(original.result -> 'results', '[]'))
        with ordinality as element (body, place)
      cross join lateral (
        select case
          when jsonb_typeof(element.body) <> 'object'
            then format('is of type %s (expected: object)', jsonb_typeof(element.body))
          when coalesce(element.body -> 'status' not in ('"SUCCESS"', '"WARNING"', '"ERROR"'), true)
            then 'has no status (expected: SUCCESS, WARNING or ERROR)'
          when exists (
            select
            from unnest(array['title', 'content']) as name
            where element.body ? name and jsonb_typeof(element.body -> name) <> 'string')
            then 'has a title or content that is not a text'
          when exists (
            select
            from unnest(array['sqlSummaryReport', 'sqlReviewReport']) as name
            where element.body ? name and jsonb_typeof(element.body -> name) <> 'object')
            then 'has a report that is not an object'
        end as reason
      ) as odd
      where odd.reason is not null
      order by element.place
      limit 1)
  end as reason
) as problem
where (old.newest or old.type is null or old.target is null or old.sheet is null)
  and problem.reason is not null;

create unique index on legacy_problem (uid);
analyze legacy_problem;

-- What plans say themselves, if all of it can be understood: changes of listed databases, or of a
-- group, by a sheet.
create temporary table legacy_spec on commit drop as
select
  todo.plan_id,
  spec.place,
  spec.body ->> 'id' as id,
  change ->> 'sheetSha256' as sheet,
  case when change -> 'targets' ->> 0 like '%/databaseGroups/%' then change -> 'targets' ->> 0
    end as database_group,
  change -> 'targets' as targets,
  jsonb_build_object(
    'sheetSha256', change -> 'sheetSha256',
    'type', case when change ->> 'type' = 'SDL' then 'SDL' else 'MIGRATE' end,
    'enablePriorBackup', coalesce((change ->> 'enablePriorBackup')::boolean, false),
    'enableGhost', coalesce((change ->> 'enableGhost')::boolean, false),
    'ghostFlags', coalesce(change -> 'ghostFlags', '{}')) as change
from legacy_todo as todo
join plancheck.legacy_plan as plan on plan.id = todo.plan_id
cross join lateral jsonb_array_elements(
  case when not todo.is_there and not exists (
      select
      from jsonb_array_elements(
        case jsonb_typeof(plan.config -> 'specs') when 'array' then plan.config -> 'specs'
          else '[null]' end) with ordinality as spec (body, place)
      where not coalesce(
        -- In this order: nothing is looked into that is not what it should be.
        case
          when jsonb_typeof(spec.body -> 'id') <> 'string' then false
          when jsonb_typeof(spec.body -> 'changeDatabaseConfig') <> 'object' then false
          when jsonb_typeof(spec.body #> '{changeDatabaseConfig,targets}') <> 'array' then false
          else spec.body ->> 'id' ~ '[^[:space:]]'
            and spec.body #>> '{changeDatabaseConfig,sheetSha256}' ~ '^[0-9a-f]{64}$'
            and coalesce(spec.body #>> '{changeDatabaseConfig,type}', 'MIGRATE')
              in ('MIGRATE', 'SDL')
            and not spec.body -> 'changeDatabaseConfig' ? 'release'
            and (
              spec.body #>> '{changeDatabaseConfig,targets,0}'
                  ~ '^projects/[^/]+/databaseGroups/[^/]+$'
                and jsonb_array_length(spec.body #> '{changeDatabaseConfig,targets}') = 1
              or jsonb_array_length(spec.body #> '{changeDatabaseConfig,targets}') > 0
                and (
                  select bool_and(jsonb_typeof(name) = 'string'
                      and name #>> '{}' ~ '^instances/[^/]+/databases/.+$')
                    and count(distinct name) = count(*)
                  from jsonb_array_elements(spec.body #> '{changeDatabaseConfig,targets}')
                    as listed (name)))
            and not exists (
              select
              from unnest(array['enablePriorBackup', 'enableGhost']) as flag
              where spec.body -> 'changeDatabaseConfig' ? flag
                and jsonb_typeof(spec.body -> 'changeDatabaseConfig' -> flag) <> 'boolean')
            and jsonb_typeof(coalesce(spec.body #> '{changeDatabaseConfig,ghostFlags}', '{}'))
              = 'object'
            and not jsonb_path_exists(
              spec.body, 'lax $.changeDatabaseConfig.ghostFlags.* ? (@.type() != "string")')
        end, false)
      or (
        select count(*) > 1
        from jsonb_array_elements(plan.config -> 'specs') as other (body)
        where other.body -> 'id' = spec.body -> 'id'))
    then plan.config -> 'specs'
    else '[]'
  end) with ordinality as spec (body, place)
cross join lateral (select spec.body -> 'changeDatabaseConfig' as change) as named;

create index on legacy_spec (plan_id);
analyze legacy_spec;

-- One row per check that has a whole identity: what it found, what stands for what it did not find,
-- and how large that is at most.
create temporary table legacy_check on commit drop as
select
  old.plan_id,
  old.uid,
  old.created_at,
  old.type,
  old.target,
  old.database,
  old.sheet,
  old.status,
  problem.reason,
  error.words as error,
  case
    when problem.reason is not null
      then format('Row %s could not be migrated: %s', old.uid, problem.reason)
    when old.status = 'RUNNING' then 'The check was running when it was migrated'
    when old.status = 'CANCELED' then 'The check was canceled before it was migrated'
    when old.status = 'FAILED' or error.words <> ''
      then coalesce(nullif(error.words, ''), 'The check failed and did not say why')
    when jsonb_array_length(coalesce(original.result -> 'results', '[]')) = 0
      then format('Row %s was DONE without a result', old.uid)
  end as remark,
  case when problem.reason is null then coalesce(original.result -> 'results', '[]')
    else '[]' end as results,
  coalesce(original.config -> 'enablePriorBackup' = 'true', false) as prior_backup,
  coalesce(original.config -> 'enableGhost' = 'true', false) as ghost,
  coalesce(original.config -> 'enableSdl' = 'true', false) as sdl,
  case when problem.reason is null then original.config -> 'ghostFlags' end as ghost_flags,
  octet_length(original.result::text) + octet_length(old.target) + 400 as bytes
from legacy_row as old
join legacy_todo as todo on todo.plan_id = old.plan_id and not todo.is_there
join plancheck.legacy_plan_check_run as original on original.id = old.uid
left join legacy_problem as problem on problem.uid = old.uid
cross join lateral (
  select case
    when problem.reason is null
      then coalesce(original.result ->> 'error', '') end as words
) as error
where old.newest and old.type is not null and old.target is not null and old.sheet is not null;

-- One row per database and sheet of a plan: all checks of it, their flags together, its place in the
-- plan and the part of the result that it belongs to.
create temporary table legacy_target on commit drop as
select
  gathered.*,
  coalesce(named.spec, 'legacy') as spec,
  row_number() over in_plan as place,
  ((sum(gathered.bytes) over in_plan - gathered.bytes) / (select budget from legacy_setting))::integer
    as part
from (
  select
    plan_id,
    target,
    sheet,
    array_agg(type order by type) as types,
    bool_or(prior_backup) as prior_backup,
    bool_or(ghost) as ghost,
    bool_or(sdl) as sdl,
    -- Of the row of the last type that has some.
    coalesce(
      (array_agg(ghost_flags order by type desc) filter (where ghost_flags <> '{}'))[1],
      '{}') as ghost_flags,
    sum(bytes) as bytes
  from legacy_check
  group by plan_id, target, sheet
) as gathered
left join lateral (
  -- The plan's only spec with that sheet and database.
  select min(spec.id) as spec
  from legacy_spec as spec
  where spec.plan_id = gathered.plan_id and spec.sheet = gathered.sheet
    and (spec.database_group is not null or spec.targets ? gathered.target)
  having count(*) = 1
) as named on true
window in_plan as (
  partition by gathered.plan_id order by gathered.target collate "C", gathered.sheet collate "C");

create index on legacy_target (plan_id, part);
create index on legacy_check (plan_id, target);
analyze legacy_target;
analyze legacy_check;

-- The results of each plan in the form of DeduplicatedResult, in as many parts as it takes.
create temporary table legacy_part on commit drop as
select part.plan_id, part.part, made.*
from (select distinct plan_id, part from legacy_target) as part
cross join lateral (
  with found as materialized (
    select
      row_number() over (order by target.place, checked.type, item.place) as number,
      target.place as target_place,
      target.target,
      target.spec,
      target.sheet,
      checked.database,
      checked.type,
      item.outcome,
      item.summary,
      jsonb_build_object(
        'status', item.status,
        'title', replace(item.title, U&'\241B', U&'\241B241b'),
        'content', replace(item.content, U&'\241B', U&'\241B241b'),
        'rule', item.rule,
        'range', item.range) as body
    from legacy_target as target
    join legacy_check as checked
      on checked.plan_id = target.plan_id and checked.target = target.target
        and checked.sheet = target.sheet
    cross join lateral (
      select
        element.place,
        'PERFORMED' as outcome,
        element.body ->> 'status' as status,
        coalesce(element.body ->> 'title', '') as title,
        coalesce(element.body ->> 'content', '') as content,
        case when element.body ->> 'code' ~ '^[1-9][0-9]{0,8}$'
          then 'legacy.' || (element.body ->> 'code') else '' end as rule,
        case when place.start_line is not null then jsonb_build_object(
          'startLine', place.start_line,
          'startColumn', place.start_column,
          'endLine', case when place.is_whole then place.end_line else place.start_line end,
          'endColumn', case when place.is_whole then place.end_column else place.start_column end)
          end as range,
        element.body -> 'sqlSummaryReport' as summary
      from jsonb_array_elements(checked.results) with ordinality as element (body, place)
      cross join lateral (
        select
          case when element.body #>> '{sqlReviewReport,startPosition,line}' ~ '^[1-9][0-9]{0,8}$'
            then (element.body #>> '{sqlReviewReport,startPosition,line}')::integer end
            as start_line,
          case when element.body #>> '{sqlReviewReport,startPosition,column}' ~ '^[1-9][0-9]{0,8}$'
            then (element.body #>> '{sqlReviewReport,startPosition,column}')::integer else 1 end
            as start_column,
          case when element.body #>> '{sqlReviewReport,endPosition,line}' ~ '^[1-9][0-9]{0,8}$'
            then (element.body #>> '{sqlReviewReport,endPosition,line}')::integer end as end_line,
          case when element.body #>> '{sqlReviewReport,endPosition,column}' ~ '^[1-9][0-9]{0,8}$'
            then (element.body #>> '{sqlReviewReport,endPosition,column}')::integer else 1 end
            as end_column
      ) as position
      cross join lateral (
        select
          position.*,
          coalesce(
            (position.end_line, position.end_column)
              >= (position.start_line, position.start_column),
            false) as is_whole
      ) as place
      union all
      select
        2147483647,
        'NOT_PERFORMED',
        'ERROR',
        'Check failed',
        checked.remark,
        '',
        null,
        null
      where checked.remark is not null
    ) as item (place, outcome, status, title, content, rule, range, summary)
    where target.plan_id = part.plan_id and target.part = part.part
  ),
  numbered_check as (
    select type, outcome, summary is not null as is_summary,
      row_number() over (order by min(number)) as number
    from found
    group by type, outcome, summary is not null
  ),
  numbered_finding as (
    select found.body, numbered_check.number as checked,
      row_number() over (order by min(found.number)) as number
    from found
    join numbered_check
      on numbered_check.type = found.type and numbered_check.outcome = found.outcome
        and numbered_check.is_summary = (found.summary is not null)
    group by found.body, numbered_check.number
  ),
  -- Of each summary the tables, in order; a number that is 0 or missing says nothing.
  changed as (
    select
      found.number,
      row_number() over (partition by found.number order by d.place, s.place, t.place) as place,
      jsonb_build_object(
        'table', replace(
          concat_ws('.',
            nullif(d.body ->> 'name', replace(found.database, U&'\241B241b', U&'\241B')),
            nullif(s.body ->> 'name', ''),
            coalesce(t.body ->> 'name', '')),
          U&'\241B', U&'\241B241b'),
        'rowsKnown', t.body ->> 'tableRows' ~ '^[1-9][0-9]{0,17}$',
        'affected', '{"method": "UNKNOWN"}'::jsonb) as shape,
      case when t.body ->> 'tableRows' ~ '^[1-9][0-9]{0,17}$' then t.body ->> 'tableRows'
        else '0' end as rows
    from found
    cross join lateral
      jsonb_path_query(found.summary, 'lax $.changedResources.databases[*] ? (@.type() == "object")')
        with ordinality as d (body, place)
    cross join lateral
      jsonb_path_query(d.body, 'lax $.schemas[*] ? (@.type() == "object")')
        with ordinality as s (body, place)
    cross join lateral
      jsonb_path_query(s.body, 'lax $.tables[*] ? (@.type() == "object")')
        with ordinality as t (body, place)
  ),
  numbered_table as (
    select shape, row_number() over (order by min(number), min(place)) as number
    from changed
    group by shape
  ),
  tables_of as (
    select
      changed.number,
      jsonb_agg(numbered_table.number order by changed.place) filter (where number_.place = 1)
        as tables,
      array_agg(number_.text order by changed.place, number_.place) as numbers
    from changed
    join numbered_table on numbered_table.shape = changed.shape
    cross join lateral (
      values (1, changed.rows), (2, '0'), (3, '0')) as number_ (place, text)
    group by changed.number
  ),
  kinds as (
    select
      found.number,
      coalesce(
        (
          select jsonb_agg(replace(kind #>> '{}', U&'\241B', U&'\241B241b') order by place)
          from jsonb_path_query(
            found.summary, 'lax $.statementTypes[*] ? (@.type() == "string")')
            with ordinality as statement (kind, place)),
        '[]') as types
    from found
    where found.summary is not null
  ),
  numbered_kinds as (
    select types, row_number() over (order by min(number)) as number
    from kinds
    group by types
  ),
  shaped as (
    select
      found.number,
      jsonb_build_object(
        'statementTypes', numbered_kinds.number,
        'tables', tables_of.tables,
        'affected', case when affected.is_known then '{"method": "ESTIMATED"}'::jsonb
          else '{"method": "UNKNOWN", "note": "the migrated report names no number"}' end) as shape,
      array[case when affected.is_known then found.summary ->> 'affectedRows' else '0' end]
        || coalesce(tables_of.numbers, '{}') as numbers
    from found
    join kinds on kinds.number = found.number
    join numbered_kinds on numbered_kinds.types = kinds.types
    left join tables_of on tables_of.number = found.number
    cross join lateral (
      select coalesce(found.summary ->> 'affectedRows' ~ '^[1-9][0-9]{0,17}$', false) as is_known
    ) as affected
  ),
  numbered_shape as (
    select shape, row_number() over (order by min(number)) as number
    from shaped
    group by shape
  ),
  -- A target comes again for each further summary that it has.
  entered as (
    select
      found.*,
      greatest(
        0,
        count(found.summary) over (partition by found.target_place order by found.number) - 1)
        as repetition
    from found
  ),
  entry as (
    select
      entered.target_place,
      entered.repetition,
      min(entered.target) as target,
      min(entered.spec) as spec,
      min(entered.sheet) as sheet,
      jsonb_agg(numbered_finding.number order by entered.number) as findings,
      min(numbered_shape.number) as shape,
      (array_agg(to_jsonb(shaped.numbers)) filter (where shaped.numbers is not null))[1] as numbers
    from entered
    join numbered_check
      on numbered_check.type = entered.type and numbered_check.outcome = entered.outcome
        and numbered_check.is_summary = (entered.summary is not null)
    join numbered_finding
      on numbered_finding.body = entered.body and numbered_finding.checked = numbered_check.number
    left join shaped on shaped.number = entered.number
    left join numbered_shape on numbered_shape.shape = shaped.shape
    group by entered.target_place, entered.repetition
  ),
  written as (
    select
      target_place,
      repetition,
      jsonb_build_object(
        'target', target,
        'spec', case when spec is distinct from lag(spec) over in_order then spec end,
        'sheetSha256', case when sheet is distinct from lag(sheet) over in_order then sheet end,
        'findings', findings,
        'summary', shape,
        'numbers', numbers) as body
    from entry
    window in_order as (order by target_place, repetition)
  )
  select
    (select count(*) from entry) as entry_count,
    (select count(*) from found) as result_count,
    (select count(*) from found where outcome = 'PERFORMED' and body ->> 'status' = 'SUCCESS')
      as success_count,
    (select count(*) from found where outcome = 'PERFORMED' and body ->> 'status' = 'WARNING')
      as warning_count,
    (select count(*) from found where outcome = 'PERFORMED' and body ->> 'status' = 'ERROR')
      as error_count,
    (select count(*) from found where outcome = 'NOT_PERFORMED') as not_performed_count,
    jsonb_strip_nulls(jsonb_build_object(
      'checks', (
        select jsonb_agg(
          jsonb_build_object(
            'type', (array['PLAN_CHECK_TYPE_STATEMENT_ADVISE',
              'PLAN_CHECK_TYPE_STATEMENT_SUMMARY_REPORT', 'PLAN_CHECK_TYPE_GHOST_SYNC'])[type],
            'outcome', outcome,
            'summary', is_summary)
          order by number)
        from numbered_check),
      'findings', (
        select jsonb_agg(body || jsonb_build_object('check', checked) order by number)
        from numbered_finding),
      'tables', (select jsonb_agg(shape order by number) from numbered_table),
      'statementTypes', (
        select jsonb_agg(jsonb_build_object('types', types) order by number) from numbered_kinds),
      'summaries', (select jsonb_agg(shape order by number) from numbered_shape),
      'targets', (
        select jsonb_agg(body order by target_place, repetition) from written))) as payload
) as made;

create unique index on legacy_part (plan_id, part);
analyze legacy_part;

insert into plancheck.project (id, title, settings)
select project, 'Plans of a deployment with one row per check', '{}'
from legacy_setting
where exists (select from legacy_todo where not is_there)
on conflict do nothing;

-- A plan of the same number that was never checked is the plan of an earlier, whole migration no
-- more than it is this one: it is somebody else's.
insert into plancheck.plan (project_id, number, title, specs, created_at, updated_at)
select
  (select project from legacy_setting),
  todo.plan_id,
  coalesce(
    nullif(replace(concat_ws(': ', plan.project, plan.name), U&'\241B', U&'\241B241b'), ''),
    format('Plan %s', todo.plan_id)),
  jsonb_build_object('specs', coalesce(said.specs, derived.specs, jsonb_build_array(
    -- It must not be one that needs no checks: it matches no database.
    jsonb_build_object(
      'id', 'legacy',
      'changeDatabase', jsonb_build_object('sheetSha256', repeat('0', 64), 'type', 'MIGRATE'))))),
  todo.first_at,
  todo.last_at
from legacy_todo as todo
left join plancheck.legacy_plan as plan on plan.id = todo.plan_id
cross join lateral (
  select jsonb_agg(
    jsonb_build_object(
      'id', spec.id,
      'changeDatabase', spec.change || case when spec.database_group is null
        then jsonb_build_object('targets', spec.targets)
        else jsonb_build_object('databaseGroup', spec.database_group) end)
    order by spec.place) as specs
  from legacy_spec as spec
  where spec.plan_id = todo.plan_id
) as said
cross join lateral (
  -- What was checked, if the plan does not say what it is: one change per sheet.
  select jsonb_agg(
    jsonb_build_object(
      'id', case when sheet.number = 1 then 'legacy' else 'legacy-' || sheet.number end,
      'changeDatabase', jsonb_build_object(
        'sheetSha256', sheet.sheet,
        'type', case when sheet.sdl then 'SDL' else 'MIGRATE' end,
        'targets', sheet.targets,
        'enablePriorBackup', sheet.prior_backup,
        'enableGhost', sheet.ghost and not sheet.sdl,
        'ghostFlags', sheet.ghost_flags))
    order by sheet.number) as specs
  from (
    select
      target.sheet,
      row_number() over (order by min(target.place)) as number,
      bool_or(target.sdl) as sdl,
      bool_or(target.prior_backup) as prior_backup,
      bool_or(target.ghost or 3 = any (target.types)) as ghost,
      coalesce(
        (array_agg(target.ghost_flags order by target.place)
          filter (where target.ghost_flags <> '{}'))[1],
        '{}') as ghost_flags,
      jsonb_agg(target.target order by target.place) as targets
    from legacy_target as target
    where target.plan_id = todo.plan_id
    group by target.sheet
  ) as sheet
) as derived
where not todo.is_there;

update plancheck.project
set next_plan_number = greatest(next_plan_number, (select max(plan_id) + 1 from legacy_todo))
where id = (select project from legacy_setting) and exists (select from legacy_todo);

-- What a run becomes: unfinished, failed and odd checks make it FAILED, canceled ones CANCELED, and
-- only what was DONE throughout is DONE. Whatever it is, its gate is shut until it is checked again
-- or somebody vouches for it.
create temporary table legacy_run on commit drop as
select
  todo.plan_id,
  case
    when ends.failed or odd.count > 0 then 'FAILED'
    when ends.canceled then 'CANCELED'
    else 'DONE'
  end as status,
  left(
    concat_ws('; ',
      nullif(ends.errors, ''),
      case when ends.unfinished > 0
        then case ends.unfinished when 1 then 'a check was running when it was migrated'
          else format('%s checks were running when they were migrated', ends.unfinished) end
      end,
      case when odd.count > 0
        then format(case odd.count when 1 then 'a row could not be migrated: row %2$s: %3$s'
          else '%1$s rows could not be migrated, as row %2$s: %3$s' end, odd.count, odd.first_uid,
          odd.first_reason) end,
      case when ends.failed and ends.errors = '' and ends.unfinished = 0 and odd.count = 0
        then 'a check failed and did not say why' end),
    10000) as error,
  counted.*,
  -- Nothing is younger because a clock was wrong.
  least(coalesce(ends.oldest_at, todo.first_at), now()) as oldest_at,
  least(todo.last_at, now()) as last_at
from legacy_todo as todo
cross join lateral (
  select
    coalesce(bool_or(status = 'RUNNING' or status = 'FAILED' or error <> ''), false) as failed,
    coalesce(bool_or(status = 'CANCELED'), false) as canceled,
    count(*) filter (where status = 'RUNNING') as unfinished,
    coalesce(string_agg(distinct nullif(error, ''), '; '), '') as errors,
    min(created_at) as oldest_at
  from legacy_check as checked
  where checked.plan_id = todo.plan_id
) as ends
cross join lateral (
  select count(*) as count, min(uid) as first_uid,
    (array_agg(reason order by uid))[1] as first_reason
  from legacy_problem as problem
  where problem.plan_id = todo.plan_id
) as odd
cross join lateral (
  select
    (select count(*) from legacy_target as target where target.plan_id = todo.plan_id)
      as target_count,
    (
      select count(*)
      from legacy_target as target
      where target.plan_id = todo.plan_id and not exists (
        select
        from legacy_check as checked
        where checked.plan_id = target.plan_id and checked.target = target.target
          and checked.sheet = target.sheet and checked.status <> 'DONE')
    ) as done_count,
    coalesce(sum(part.success_count), 0) as success_count,
    coalesce(sum(part.warning_count), 0) as warning_count,
    coalesce(sum(part.error_count), 0) as error_count,
    coalesce(sum(part.not_performed_count), 0) as not_performed_count
  from legacy_part as part
  where part.plan_id = todo.plan_id
) as counted
where not todo.is_there;

create unique index on legacy_run (plan_id);
analyze legacy_run;

insert into plancheck.plan_check_run (plan_id, status, verdict, attempt, plan_version, policy_hash,
  rules_version, membership_hash, target_count, done_count, success_count, warning_count,
  error_count, not_performed_count, sampled_of, shards_left, oldest_result_at, config, result,
  result_attempt, result_started_at, result_count, error, created_at, queued_at, started_at,
  updated_at, finished_at, origin, trusted_until)
select
  plan.id,
  run.status,
  case
    when run.status <> 'DONE' or run.not_performed_count > 0 or run.target_count = 0
      then 'INCOMPLETE'
    when run.error_count > 0 then 'FAIL'
    when run.warning_count > 0 then 'WARN'
    else 'PASS'
  end,
  1,
  plan.version,
  '',
  '',
  '',
  run.target_count,
  run.done_count,
  run.success_count,
  run.warning_count,
  run.error_count,
  run.not_performed_count,
  run.target_count,
  0,
  run.oldest_at,
  jsonb_build_object('planVersion', plan.version)
    || jsonb_strip_nulls(jsonb_build_object(
      'targets', config.targets, 'ways', config.ways, 'wayOfTarget', config.way_of_target)),
  coalesce(part.payload, '{}'),
  1,
  run.oldest_at,
  coalesce(part.result_count, 0),
  replace(run.error, U&'\241B', U&'\241B241b'),
  run.oldest_at,
  run.oldest_at,
  run.oldest_at,
  run.last_at,
  run.last_at,
  'LEGACY',
  run.oldest_at + make_interval(days => (select trust_days from legacy_setting))
from legacy_run as run
join plancheck.plan
  on plan.project_id = (select project from legacy_setting) and plan.number = run.plan_id
left join legacy_part as part on part.plan_id = run.plan_id and part.part = 0
cross join lateral (
  with way_of as (
    select
      target.place,
      target.target,
      jsonb_build_object(
        'sheetSha256', target.sheet,
        'enablePriorBackup', target.prior_backup,
        'enableGhost', target.ghost,
        'enableSdl', target.sdl,
        'ghostFlags', target.ghost_flags,
        'types', (
          select jsonb_agg(
            (array['PLAN_CHECK_TYPE_STATEMENT_ADVISE', 'PLAN_CHECK_TYPE_STATEMENT_SUMMARY_REPORT',
              'PLAN_CHECK_TYPE_GHOST_SYNC'])[type] order by type)
          from unnest(target.types) as type),
        'spec', target.spec,
        'environment', coalesce(instance.environment, '')) as way
    from legacy_target as target
    left join plancheck.instance on instance.id = split_part(target.target, '/', 2)
    where target.plan_id = run.plan_id
  ),
  numbered as (
    select way, row_number() over (order by min(place)) - 1 as number
    from way_of
    group by way
  )
  select
    (select jsonb_agg(target order by place) from way_of) as targets,
    (select jsonb_agg(way order by number) from numbered) as ways,
    (
      select jsonb_agg(numbered.number order by way_of.place)
      from way_of
      join numbered on numbered.way = way_of.way
    ) as way_of_target
) as config;

-- The records that were just made, by the plans of the rows.
create temporary table legacy_made on commit drop as
select run.plan_id, made.id as run_id, made.plan_id as our_plan_id
from legacy_run as run
join plancheck.plan
  on plan.project_id = (select project from legacy_setting) and plan.number = run.plan_id
join plancheck.plan_check_run as made on made.plan_id = plan.id;

create unique index on legacy_made (plan_id);
analyze legacy_made;

insert into plancheck.plan_check_run_overflow
  (run_id, attempt, seq, first_target, first_result, result_count, payload)
select
  made.run_id,
  1,
  row_number() over before + 1,
  first_target,
  first_result,
  result_count,
  payload
from (
  select
    part.*,
    sum(entry_count) over before as first_target,
    sum(result_count) over before as first_result
  from legacy_part as part
  window before as (partition by plan_id order by part rows between unbounded preceding and 1 preceding)
) as part
join legacy_made as made on made.plan_id = part.plan_id
where part.part > 0
window before as (partition by part.plan_id order by part.part);

insert into plancheck.plan_check_run_log (run_id, kind, attempt, verdict, plan_version, policy_hash,
  rules_version, membership_hash, target_count, done_count, success_count, warning_count,
  error_count, not_performed_count, sampled_of, actor, note, at)
select run.id, run.status, run.attempt, run.verdict, run.plan_version, run.policy_hash,
  run.rules_version, run.membership_hash, run.target_count, run.done_count, run.success_count,
  run.warning_count, run.error_count, run.not_performed_count, run.sampled_of, 'migration',
  run.error, run.updated_at
from plancheck.plan_check_run as run
join legacy_made as made on made.run_id = run.id;

-- Every id that a row ever had, but of rows that say nothing, and what the row said of itself.
insert into plancheck.plan_check_run_legacy_uid (plan_id, uid, target, sheet, type, listed,
  told_attempt, told_status, told_error, told_at)
select
  made.our_plan_id,
  old.uid,
  old.target,
  old.sheet,
  (array['STATEMENT_ADVISE', 'STATEMENT_SUMMARY_REPORT', 'GHOST_SYNC'])[old.type],
  old.newest,
  case when old.status <> 'RUNNING' then 1 end,
  case when old.status <> 'RUNNING' then old.status end,
  case old.status
    when 'RUNNING' then null
    when 'FAILED'
      then replace(coalesce(original.result ->> 'error', ''), U&'\241B', U&'\241B241b')
    else ''
  end,
  case when old.status <> 'RUNNING' then old.created_at end
from legacy_row as old
join legacy_made as made on made.plan_id = old.plan_id
join plancheck.legacy_plan_check_run as original on original.id = old.uid
where old.status in ('RUNNING', 'DONE', 'FAILED', 'CANCELED')
  and not exists (select from legacy_problem as problem where problem.uid = old.uid);

select setval(
  pg_get_serial_sequence('plancheck.plan_check_run_legacy_uid', 'uid'),
  greatest(
    (select max(uid) from legacy_row),
    (select last_value from plancheck.plan_check_run_legacy_uid_uid_seq)))
where exists (select from legacy_row);

insert into plancheck.plan_check_run_legacy_quarantine (run_id, uid, reason, original)
select made.run_id, problem.uid, problem.reason, to_jsonb(original)
from legacy_problem as problem
join legacy_made as made on made.plan_id = problem.plan_id
join plancheck.legacy_plan_check_run as original on original.id = problem.uid;

drop table plancheck.legacy_plan_check_run;
drop table plancheck.legacy_plan;
