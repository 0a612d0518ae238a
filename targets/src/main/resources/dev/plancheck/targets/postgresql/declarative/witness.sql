-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors
--
-- What a schema consists of: kind, name, what all versions say alike, what this version says.
-- Needs search_path = pg_catalog, so that every other name is told with its schema.
WITH ext AS (
  SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
),
ns AS (
  SELECT oid, quote_ident(nspname) AS name FROM pg_namespace
  WHERE nspname !~ '^pg_' AND nspname NOT IN
      ('information_schema', 'plancheck_record', 'plancheck_backup')
    AND NOT EXISTS (
      SELECT FROM ext WHERE classid = 'pg_namespace'::regclass AND objid = pg_namespace.oid)
),
rel AS (
  SELECT c.*, ns.name || '.' || quote_ident(c.relname) AS name
  FROM pg_class c JOIN ns ON ns.oid = c.relnamespace
  WHERE c.relpersistence <> 't' AND NOT EXISTS (
    SELECT FROM ext WHERE classid = 'pg_class'::regclass AND objid = c.oid)
),
fn AS (
  SELECT p.*,
    ns.name || '.' || quote_ident(p.proname) || '(' || pg_get_function_identity_arguments(p.oid) || ')'
      AS name
  FROM pg_proc p JOIN ns ON ns.oid = p.pronamespace
  WHERE NOT EXISTS (SELECT FROM ext WHERE classid = 'pg_proc'::regclass AND objid = p.oid)
),
typ AS (
  SELECT t.*, ns.name || '.' || quote_ident(t.typname) AS name
  FROM pg_type t JOIN ns ON ns.oid = t.typnamespace
  WHERE t.typtype IN ('b', 'd', 'e', 'r') AND t.typcategory <> 'A' AND NOT EXISTS (
    SELECT FROM ext WHERE classid = 'pg_type'::regclass AND objid = t.oid)
)
SELECT 'schema' AS kind, name, '' AS plain, '' AS exact FROM ns
UNION ALL
SELECT CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence'
    WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'composite type' ELSE 'table' END,
  name,
  concat_ws(' ', relkind, relpersistence, relrowsecurity, relforcerowsecurity, relispartition,
    (SELECT array_agg(option ORDER BY option)::text FROM unnest(reloptions) AS option),
    (SELECT partstrat FROM pg_partitioned_table WHERE partrelid = rel.oid),
    (SELECT am.amname FROM pg_am am WHERE am.oid = relam)),
  concat_ws(' ', CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END,
    CASE WHEN relkind = 'p' THEN pg_get_partkeydef(oid) END, pg_get_expr(relpartbound, oid),
    relreplident)
FROM rel WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
UNION ALL
SELECT 'column', rel.name || '.' || quote_ident(attname),
  concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, atthasdef,
    (SELECT collname FROM pg_collation JOIN pg_type ON pg_type.oid = atttypid
      WHERE pg_collation.oid = attcollation AND attcollation <> typcollation)),
  concat_ws(' ', pg_get_expr(adbin, adrelid), attstorage, attcompression, attstattarget, attoptions,
    attislocal, attinhcount)
FROM rel JOIN pg_attribute ON attrelid = rel.oid
  LEFT JOIN pg_attrdef ON adrelid = rel.oid AND adnum = attnum
WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND attnum > 0 AND NOT attisdropped
UNION ALL
SELECT 'constraint', quote_ident(conname) || ' on ' || rel.name,
  concat_ws(' ', contype,
    (SELECT array_agg(attname ORDER BY ordinality)::text
      FROM unnest(conkey) WITH ORDINALITY AS k (number, ordinality)
      JOIN pg_attribute ON attrelid = conrelid AND attnum = number),
    (SELECT other.name FROM rel other WHERE other.oid = confrelid),
    (SELECT array_agg(attname ORDER BY ordinality)::text
      FROM unnest(confkey) WITH ORDINALITY AS k (number, ordinality)
      JOIN pg_attribute ON attrelid = confrelid AND attnum = number),
    confupdtype, confdeltype, confmatchtype, condeferrable, condeferred, convalidated,
    CASE WHEN contype = 'c' THEN connoinherit END, {enforced}, {period}),
  pg_get_constraintdef(con.oid)
FROM pg_constraint con JOIN rel ON rel.oid = conrelid
WHERE contype <> 'n'
UNION ALL
-- Versions differ in whether NOT NULL is a constraint; its name is nobody's business.
SELECT 'not null', rel.name || '.' || quote_ident(attname), NULL,
  concat_ws(' ', convalidated, connoinherit)
FROM pg_constraint con JOIN rel ON rel.oid = conrelid
  JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
WHERE contype = 'n'
UNION ALL
SELECT 'domain constraint', quote_ident(conname) || ' on ' || typ.name,
  concat_ws(' ', contype, convalidated), pg_get_constraintdef(con.oid)
FROM pg_constraint con JOIN typ ON typ.oid = contypid
WHERE contype <> 'n'
UNION ALL
SELECT 'index', of.name,
  concat_ws(' ', rel.name, indisunique, indisprimary, indisexclusion, indimmediate, indisvalid,
    (SELECT amname FROM pg_am WHERE pg_am.oid = of.relam),
    (SELECT array_agg(coalesce(attname, '') ORDER BY ordinality)::text
      FROM unnest(indkey::smallint[]) WITH ORDINALITY AS k (number, ordinality)
      LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = number AND number > 0),
    (SELECT array_agg(opcname ORDER BY ordinality)::text
      FROM unnest(indclass::oid[]) WITH ORDINALITY AS k (class, ordinality)
      JOIN pg_opclass ON pg_opclass.oid = class),
    (SELECT array_agg(collname ORDER BY ordinality)::text
      FROM unnest(indcollation::oid[]) WITH ORDINALITY AS k (coll, ordinality)
      JOIN pg_collation ON pg_collation.oid = coll),
    indoption::text, indnkeyatts, indpred IS NOT NULL, indexprs IS NOT NULL,
    (SELECT array_agg(option ORDER BY option)::text FROM unnest(of.reloptions) AS option),
    {nulls_not_distinct}),
  pg_get_indexdef(indexrelid)
FROM pg_index i JOIN rel ON rel.oid = indrelid JOIN rel of ON of.oid = indexrelid
UNION ALL
SELECT 'function', name,
  concat_ws(' ', prokind, format_type(prorettype, NULL), proretset, lanname, provolatile,
    proisstrict, prosecdef, proleakproof, proparallel, procost, prorows, md5(prosrc), probin,
    proconfig::text, prosqlbody IS NOT NULL,
    (SELECT concat_ws(' ', aggkind, aggtransfn, aggfinalfn, aggcombinefn,
        format_type(aggtranstype, NULL), agginitval, aggmtransfn, aggminvtransfn)
      FROM pg_aggregate WHERE aggfnoid = fn.oid)),
  CASE WHEN prokind IN ('f', 'p') THEN pg_get_functiondef(fn.oid) END
FROM fn JOIN pg_language ON pg_language.oid = prolang
UNION ALL
SELECT 'trigger', quote_ident(tgname) || ' on ' || rel.name,
  concat_ws(' ', tgtype, tgenabled, p.oid::regprocedure, tgdeferrable, tginitdeferred,
    (SELECT array_agg(attname ORDER BY attname)::text FROM pg_attribute
      WHERE attrelid = tgrelid AND attnum = ANY (tgattr)),
    tgqual IS NOT NULL, md5(tgargs), tgoldtable, tgnewtable),
  pg_get_triggerdef(t.oid)
FROM pg_trigger t JOIN rel ON rel.oid = tgrelid JOIN pg_proc p ON p.oid = tgfoid
WHERE NOT tgisinternal AND tgparentid = 0
UNION ALL
SELECT 'rule', quote_ident(rulename) || ' on ' || rel.name,
  concat_ws(' ', ev_type, ev_enabled, is_instead), pg_get_ruledef(r.oid)
FROM pg_rewrite r JOIN rel ON rel.oid = ev_class
WHERE rulename <> '_RETURN'
UNION ALL
SELECT 'policy', quote_ident(polname) || ' on ' || rel.name,
  concat_ws(' ', polcmd, polpermissive,
    (SELECT array_agg(coalesce(rolname, 'public') ORDER BY rolname)::text
      FROM unnest(polroles) AS role LEFT JOIN pg_roles ON pg_roles.oid = role),
    polqual IS NOT NULL, polwithcheck IS NOT NULL),
  concat_ws(' ', pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
FROM pg_policy p JOIN rel ON rel.oid = polrelid
UNION ALL
SELECT 'statistics', ns.name || '.' || quote_ident(stxname),
  concat_ws(' ', rel.name, stxkind::text, stxexprs IS NOT NULL),
  concat_ws(' ', pg_get_statisticsobjdef(s.oid), stxstattarget)
FROM pg_statistic_ext s JOIN ns ON ns.oid = stxnamespace JOIN rel ON rel.oid = stxrelid
UNION ALL
SELECT 'type', name,
  concat_ws(' ', typtype,
    (SELECT array_agg(enumlabel ORDER BY enumsortorder)::text FROM pg_enum WHERE enumtypid = typ.oid),
    CASE WHEN typtype = 'd' THEN concat_ws(' ', format_type(typbasetype, typtypmod), typnotnull,
      typdefault IS NOT NULL,
      (SELECT collname FROM pg_collation WHERE pg_collation.oid = typcollation)) END,
    (SELECT concat_ws(' ', format_type(rngsubtype, NULL), rngcanonical, rngsubdiff)
      FROM pg_range WHERE rngtypid = typ.oid)),
  typdefault
FROM typ
UNION ALL
SELECT 'counter', rel.name,
  concat_ws(' ', format_type(seqtypid, NULL), seqstart, seqmin, seqmax, seqincrement, seqcycle,
    seqcache,
    (SELECT owner.name || '.' || quote_ident(attname) FROM pg_depend d
      JOIN rel owner ON owner.oid = refobjid
      JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
      WHERE d.classid = 'pg_class'::regclass AND d.objid = rel.oid AND deptype IN ('a', 'i')
        AND refclassid = 'pg_class'::regclass AND refobjsubid > 0)),
  ''
FROM pg_sequence JOIN rel ON rel.oid = seqrelid
UNION ALL
SELECT 'inheritance', child.name || ' of ' || parent.name, inhdetachpending::text, ''
FROM pg_inherits JOIN rel child ON child.oid = inhrelid JOIN rel parent ON parent.oid = inhparent
UNION ALL
SELECT 'comment', what.type || ' ' || what.identity, md5(description), ''
FROM pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid) AS what
WHERE d.objoid >= 16384
  AND d.classoid IN ('pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass,
    'pg_constraint'::regclass, 'pg_trigger'::regclass, 'pg_rewrite'::regclass,
    'pg_policy'::regclass, 'pg_namespace'::regclass, 'pg_statistic_ext'::regclass)
  AND what.identity !~ '(^| on )plancheck_(record|backup)(\.|$)'
  AND NOT EXISTS (SELECT FROM ext WHERE ext.classid = d.classoid AND ext.objid = d.objoid)
UNION ALL
-- What is told by its name only: the library's word is taken for the rest.
SELECT what.type, what.identity, '', ''
FROM (
    SELECT 'pg_operator'::regclass AS classid, oid FROM pg_operator
    UNION ALL SELECT 'pg_opclass'::regclass, oid FROM pg_opclass
    UNION ALL SELECT 'pg_opfamily'::regclass, oid FROM pg_opfamily
    UNION ALL SELECT 'pg_cast'::regclass, oid FROM pg_cast
    UNION ALL SELECT 'pg_collation'::regclass, oid FROM pg_collation
    UNION ALL SELECT 'pg_conversion'::regclass, oid FROM pg_conversion
    UNION ALL SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config
    UNION ALL SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict
    UNION ALL SELECT 'pg_ts_parser'::regclass, oid FROM pg_ts_parser
    UNION ALL SELECT 'pg_ts_template'::regclass, oid FROM pg_ts_template
  ) AS made,
  pg_identify_object(made.classid, made.oid, 0) AS what
WHERE made.oid >= 16384 AND what.schema IS DISTINCT FROM 'pg_catalog'
  AND NOT EXISTS (SELECT FROM ext WHERE ext.classid = made.classid AND ext.objid = made.oid)
