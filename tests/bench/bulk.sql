-- What a real filing leaves, for many complaints at once. `bulk.py` runs each step in a transaction of its own and
-- remembers it, so that a load that was broken off goes on where it was. @now@, @start@ … are put in by it.

-- step: chance
CREATE OR REPLACE FUNCTION bench_dice(n bigint, salt int, sides int) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS 'SELECT ((hashint8extended(n, salt) & 9223372036854775807) % sides)::int';
CREATE OR REPLACE FUNCTION bench_share(n bigint, salt int) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS 'SELECT (hashint8extended(n, salt) & 9223372036854775807) / 9223372036854775807.0::float8';

-- step: filings
-- Who, what, where, when and how far: everything later steps need of a complaint, decided once.
CREATE UNLOGGED TABLE bench_filing AS
WITH drawn AS (
    SELECT n, id, reference, hidden, opened_at, extract(epoch FROM timestamptz '@now@' - opened_at) / 86400 AS age,
        bench_dice(n, 1, 1000) AS d, bench_share(n, 2) AS u,
        1 + bench_dice(n, 3, @topics@) AS topic_slot,
        1 + floor(@areas@ * power(bench_share(n, 4), 2.2))::int AS area_slot,
        1 + bench_dice(n, 5, @spots@) AS spot,
        CASE WHEN bench_dice(n, 6, 1000) < 885 THEN 'public' WHEN bench_dice(n, 6, 1000) < 970 THEN 'agency_only'
            ELSE 'confidential' END AS privacy
    FROM bench_number
), placed AS (
    SELECT drawn.*, topic.topic, topic.texts, area.code AS area, area.latitude, area.longitude,
        CASE WHEN privacy = 'confidential' THEN 'nacc' WHEN bench_dice(n, 7, 100) < 3 THEN 'opm-1111'
            WHEN topic.is_local THEN coalesce(area.office, topic.office) ELSE topic.office END AS agency,
        CASE WHEN age > 120 THEN CASE WHEN d < 2 THEN 'received' WHEN d < 5 THEN 'assigned' WHEN d < 20 THEN 'in_progress'
                WHEN d < 60 THEN 'rejected' ELSE 'closed' END
            WHEN age > 30 THEN CASE WHEN d < 30 THEN 'received' WHEN d < 80 THEN 'assigned' WHEN d < 200 THEN 'in_progress'
                WHEN d < 240 THEN 'resolved' WHEN d < 280 THEN 'rejected' ELSE 'closed' END
            WHEN age > 3 THEN CASE WHEN d < 180 THEN 'received' WHEN d < 320 THEN 'assigned' WHEN d < 570 THEN 'in_progress'
                WHEN d < 670 THEN 'resolved' WHEN d < 700 THEN 'rejected' ELSE 'closed' END
            ELSE CASE WHEN d < 700 THEN 'received' WHEN d < 900 THEN 'assigned' ELSE 'in_progress' END END AS status
    FROM drawn JOIN bench_topic topic ON topic.slot = drawn.topic_slot JOIN bench_area area ON area.slot = drawn.area_slot
), timed AS (
    SELECT placed.*, opened_at + make_interval(days => 7 + bench_dice(n, 8, 20)) AS due_at,
        CASE WHEN status = 'resolved' THEN greatest(opened_at, timestamptz '@now@' - u * interval '4 days')
            WHEN status IN ('closed', 'rejected')
            THEN opened_at + least(timestamptz '@now@' - opened_at, interval '30 days') * (0.1 + 0.6 * u) END AS done_at
    FROM placed
)
SELECT n, id, reference, topic, area, agency, status, privacy, opened_at, due_at, done_at, spot,
    CASE WHEN privacy = 'public' THEN reference ELSE hidden END AS name,
    CASE WHEN privacy = 'public' AND age < 300 AND bench_dice(n, 9, 1000) < 6 THEN 'quarantined' ELSE privacy END AS visibility,
    bench_dice(n, 10, texts) AS text, 1 + bench_dice(n, 11, 200000) AS house,
    CASE WHEN bench_dice(n, 12, 100) < 70 THEN latitude + (bench_share(n, 13) - 0.5) * 0.08 END AS latitude,
    CASE WHEN bench_dice(n, 12, 100) < 70 THEN longitude + (bench_share(n, 14) - 0.5) * 0.08 END AS longitude,
    CASE WHEN status IN ('closed', 'rejected') THEN least(done_at + interval '7 days' * u, timestamptz '@now@') END AS closed_at,
    opened_at + (coalesce(done_at, timestamptz '@now@') - opened_at) * 0.3 AS worked_at,
    -- At least as far up as is due, so that the worker's clock finds nothing to do.
    CASE WHEN status NOT IN ('received', 'assigned', 'in_progress') THEN ''
        WHEN due_at < timestamptz '@now@' - interval '13 days' THEN 'central'
        WHEN due_at < timestamptz '@now@' - interval '6 days' THEN 'head'
        WHEN due_at < timestamptz '@now@' + interval '1 day' OR bench_dice(n, 19, 100) < 8 THEN 'supervisor'
        ELSE '' END AS escalation,
    CASE WHEN bench_dice(n, 15, 100) < 20 THEN @person@ + bench_dice(n, 16, @people@) END AS person_id,
    CASE WHEN bench_dice(n, 17, 100) < 8 THEN 1 + bench_dice(n, 18, 6) ELSE 0 END AS supporters,
    CASE WHEN bench_dice(n, 19, 100) < 8 THEN 1 + bench_dice(n, 20, 3) ELSE 0 END AS bounces
FROM timed ORDER BY n;
CREATE UNIQUE INDEX ON bench_filing (id);
ANALYZE bench_filing;

-- step: matters
INSERT INTO matters_matter (id, reference, kind, title, visibility, agency, area, place, latitude, longitude, topic, stage,
    project, opened_at, due_at, updated_at, closed_at, supporters)
SELECT f.id, reference, 'complaint', CASE WHEN privacy <> 'public' THEN '' WHEN length(told.public_text) > 120
        THEN rtrim(left(told.public_text, 119)) || '…' ELSE told.public_text END,
    visibility, agency, area, spot.words, round(latitude::numeric, 5), round(longitude::numeric, 5), f.topic, status, '',
    opened_at, due_at, coalesce(closed_at, done_at, worked_at), closed_at, supporters
FROM bench_filing f JOIN bench_told told ON told.topic = f.topic AND told.number = f.text
JOIN bench_spot spot ON spot.number = f.spot ORDER BY f.id;
SELECT setval('matters_matter_id_seq', (SELECT max(id) FROM matters_matter));

-- step: complaints
INSERT INTO complaints_complaint (matter_id, status, privacy, channel, hidden_name, original, public_text, salt,
    happened_words, guesses, is_triaged, is_paused, last_word, person_id, contact_sealed, phone_tail_digest, key_digest, desk_id, officer_id,
    bounces, reopened, escalation, rejection, resolved_at, confirm_by, outcome, rating, rating_words, source, source_id)
SELECT f.id, status, privacy, CASE bench_dice(n, 21, 10) WHEN 0 THEN 'phone' WHEN 1 THEN 'api' ELSE 'web' END,
    CASE WHEN privacy = 'public' THEN '' ELSE name END,
    told.original || ' ' || spot.words || ' เลขที่ ' || house || told.closing,
    CASE WHEN privacy = 'public' THEN told.public_text || ' ' || spot.words || ' เลขที่ ' || house || told.closing ELSE '' END,
    sha256(f.id::text::bytea) || sha256(f.reference::bytea), '',
    CASE WHEN bench_dice(n, 22, 3) = 0 THEN jsonb_build_array(jsonb_build_array(f.topic, 0.714, jsonb_build_array()))
        ELSE '[]'::jsonb END,
    status <> 'received', status = 'in_progress' AND bench_dice(n, 35, 100) < 6 AND bench_dice(n, 36, 100) < 30,
    CASE WHEN done_at IS NOT NULL THEN 'resolution' WHEN status <> 'received' AND bench_dice(n, 31, 100) < 30 THEN 'reply'
        ELSE '' END,
    person_id, CASE WHEN bench_dice(n, 23, 2) = 0 THEN '@sealed@' ELSE '' END,
    encode(sha256(reference::bytea), 'hex'), encode(sha256(('key' || n)::bytea), 'hex'),
    CASE WHEN status <> 'received' THEN desk.id END, CASE WHEN status <> 'received' AND bench_dice(n, 24, 3) > 0
        THEN @person@ + bench_dice(n, 25, 40) END,
    bounces, CASE WHEN status IN ('closed', 'in_progress') AND bench_dice(n, 26, 100) < 3 THEN 1 ELSE 0 END,
    escalation, CASE WHEN status = 'rejected' THEN 'no_substance' ELSE '' END, done_at,
    CASE WHEN status = 'resolved' THEN done_at + interval '14 days' WHEN status = 'closed' THEN done_at + interval '7 days' END,
    CASE WHEN status = 'rejected' THEN 'rejected' WHEN status <> 'closed' THEN '' WHEN bench_dice(n, 27, 100) < 55
        THEN 'confirmed' ELSE 'unconfirmed' END,
    CASE WHEN status = 'closed' AND bench_dice(n, 28, 100) < 20 THEN 1 + bench_dice(n, 29, 5) END, '', '', ''
FROM bench_filing f JOIN bench_told told ON told.topic = f.topic AND told.number = f.text
JOIN bench_spot spot ON spot.number = f.spot
LEFT JOIN LATERAL (SELECT desk.id FROM agencies_desk desk JOIN agencies_agency agency ON agency.id = desk.agency_id
    WHERE agency.code = f.agency ORDER BY (desk.id * 31 + f.n) % 7 LIMIT 1) desk ON true ORDER BY f.id;

-- step: search
-- The words as the index has them: title, text, place and area, kind and office, each with its weight.
INSERT INTO matters_searchtext (matter_id, words, grams, version)
SELECT f.id, tags.found || told.words || spot.words_b || (format('''เลขที่'':1B ''เลข'':1D %L:2B', house))::tsvector || spot.words_c
    || area.words || topic.words || office.words, tags.found || told.grams || spot.grams, '@version@'
FROM bench_filing f JOIN bench_told told ON told.topic = f.topic AND told.number = f.text
JOIN bench_spot spot ON spot.number = f.spot JOIN bench_area area ON area.code = f.area
JOIN bench_topic_words topic ON topic.topic = f.topic JOIN bench_office office ON office.code = f.agency
CROSS JOIN LATERAL (SELECT array_to_tsvector(ARRAY['=kind:complaint', '=agency:' || f.agency, '=topic:' || f.topic,
    '=stage:' || status, '=area:' || f.area, '=area:' || left(f.area, 4), '=area:' || left(f.area, 2),
    '=part:' || f.id / @part@]) AS found) tags
WHERE f.visibility = 'public' ORDER BY f.id;

-- step: messages
INSERT INTO correspondence_message (matter_id, kind, text, public_text, agency, author_id, at, salt, entry_id)
SELECT id, kind, words.text, CASE WHEN privacy = 'public' AND said.kind <> 'note' THEN words.text ELSE '' END,
    agency, @person@ + bench_dice(n, 25, 40), said.at, sha256(id::text::bytea), NULL
FROM bench_filing CROSS JOIN LATERAL (VALUES
    ('resolution', done_at, done_at IS NOT NULL),
    ('reply', worked_at, status <> 'received' AND bench_dice(n, 31, 100) < 30),
    ('note', worked_at, status <> 'received' AND bench_dice(n, 32, 100) < 15)
) AS said(kind, at, is_said)
JOIN bench_answer words ON words.number = 1 + bench_dice(n, 30, @answers@)
WHERE said.is_said;

-- step: around
-- Handovers, shares, pauses, supports, pictures, looks at personal data.
INSERT INTO complaints_handover (complaint_id, from_agency, to_agency, move, reason, at)
SELECT id, 'opm-1111', agency, 'forward', 'อยู่ในอำนาจหน้าที่ของหน่วยงานนี้ตามกฎหมาย', worked_at
FROM bench_filing, generate_series(1, bounces) WHERE bounces > 0;
INSERT INTO complaints_share (complaint_id, agency, shared_at)
SELECT id, CASE bench_dice(n, 33, 4) WHEN 0 THEN 'rtp' WHEN 1 THEN 'pea' WHEN 2 THEN 'doh' ELSE 'bma' END, worked_at
FROM bench_filing WHERE bench_dice(n, 34, 100) < 2;
INSERT INTO deadlines_pause (matter_id, reason, words, started_at, ended_at)
SELECT id, 'waiting_for_person', 'ขอทราบจุดเกิดเหตุเพิ่มเติม', worked_at,
    CASE WHEN status = 'in_progress' AND bench_dice(n, 36, 100) < 30 THEN NULL ELSE worked_at + interval '1 day' END
FROM bench_filing WHERE status <> 'received' AND bench_dice(n, 35, 100) < 6;
INSERT INTO complaints_support (complaint_id, person_id, mark, at)
SELECT id, NULL, encode(sha256(('mark' || id || 'x' || one)::bytea), 'hex'), worked_at
FROM bench_filing, generate_series(1, supporters) one WHERE supporters > 0;
INSERT INTO files_file (matter_id, stored_as, media_type, size_bytes, sha256, is_public,
    by_agency, added_at)
SELECT id, encode(sha256(('picture' || id || by)::bytea), 'hex') || '.jpg', 'image/jpeg', 180000,
    encode(sha256(('bytes' || id || by)::bytea), 'hex'), privacy = 'public', by, opened_at
FROM bench_filing, LATERAL (VALUES ('', bench_dice(n, 37, 100) < 25),
    (agency, done_at IS NOT NULL AND bench_dice(n, 38, 100) < 30)) AS sent(by, is_sent) WHERE is_sent;
UPDATE files_file file SET message_id = message.id FROM correspondence_message message
WHERE file.by_agency <> '' AND message.matter_id = file.matter_id AND message.kind = 'resolution';
INSERT INTO identity_accessrecord (person_id, matter, agency, role, purpose, occurred_at, visible_at, looked_by_id,
    entry_id, salt)
SELECT person_id, reference, agency, 'officer', 'handle_complaint', worked_at, worked_at, @person@ + bench_dice(n, 25, 40),
    0, encode(sha256(('look' || id)::bytea), 'hex')
FROM bench_filing WHERE bench_dice(n, 39, 100) < 8;

-- step: follows
INSERT INTO matters_follow (matter_id, person_id, contact_sealed, contact_digest, frequency, language,
    confirmed_at, created_at, last_told_at)
SELECT id, person_id, CASE WHEN person_id IS NULL THEN '@sealed@' ELSE '' END,
    CASE WHEN person_id IS NULL THEN encode(sha256(('contact' || id)::bytea), 'hex') ELSE '' END,
    CASE bench_dice(n, 40, 5) WHEN 0 THEN 'daily' WHEN 1 THEN 'weekly' ELSE 'each' END, 'th',
    opened_at, opened_at, worked_at
FROM bench_filing WHERE person_id IS NOT NULL OR bench_dice(n, 41, 100) < 20;

-- step: entries
INSERT INTO ledger_entry (kind, matter, agency, area, occurred_at, body)
SELECT kind, name, agency, area, at, convert_to(format(
    '{"agency":%s,"area":%s,"at":"%s","commitment":"%s","content":%s,"kind":"%s","matter":"%s","role":"%s","v":1}',
    coalesce('"' || agency || '"', 'null'), coalesce('"' || area || '"', 'null'),
    to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), encode(sha256((kind || name)::bytea), 'hex'), content,
    kind, name, role), 'UTF8')
FROM (
    SELECT f.n, f.name, CASE WHEN privacy <> 'confidential' THEN f.agency END AS agency,
        CASE WHEN privacy = 'public' THEN f.area END AS area, done.*
    FROM bench_filing f CROSS JOIN LATERAL (VALUES
        ('complaint.filed', opened_at, 'citizen', true, format('{"channel":"web","due_on":"%s","part_of":null,"topic":"%s"}',
            to_char(due_at, 'YYYY-MM-DD'), CASE WHEN privacy = 'public' THEN f.topic ELSE '' END)),
        ('complaint.routed', opened_at + (worked_at - opened_at) * 0.2, 'officer', status <> 'received'
            AND bench_dice(n, 50, 2) = 0, format('{"from_agency":"%s","law":"","topic":"%s"}', f.agency, f.topic)),
        ('complaint.assigned', opened_at + (worked_at - opened_at) * 0.5, 'officer', status <> 'received'
            AND bench_dice(n, 51, 5) < 2, '{"desk":"งานช่าง"}'),
        ('complaint.forwarded', opened_at + (worked_at - opened_at) * 0.7, 'officer', bounces > 0,
            format('{"bounces":%s,"due_on":"%s","from_agency":"opm-1111"}', bounces, to_char(due_at, 'YYYY-MM-DD'))),
        ('complaint.work_started', worked_at, 'officer', status IN ('in_progress', 'resolved', 'closed'), '{}'),
        ('complaint.replied', worked_at + interval '1 second', 'officer', status <> 'received'
            AND bench_dice(n, 31, 100) < 30, '{"asks":false}'),
        ('complaint.joined', worked_at + interval '2 seconds', 'citizen', supporters > 0,
            format('{"supporters":%s}', supporters)),
        ('complaint.escalated', due_at + interval '1 day', 'system', escalation <> '',
            format('{"cause":"late","level":"%s"}', escalation)),
        ('complaint.resolved', done_at, 'officer', status IN ('resolved', 'closed'),
            format('{"confirm_by":"%s","documents":0,"in_time":%s,"pictures":1}',
                to_char(done_at + interval '7 days', 'YYYY-MM-DD'), (done_at <= due_at)::text)),
        ('complaint.rejected', done_at, 'officer', status = 'rejected', '{"reason":"no_substance"}'),
        ('complaint.confirmed', closed_at, 'citizen', status = 'closed' AND bench_dice(n, 27, 100) < 55, '{"rating":null}'),
        ('complaint.lapsed', closed_at, 'system', status = 'closed' AND bench_dice(n, 27, 100) >= 55, '{}')
    ) AS done(kind, at, role, is_done, content)
    WHERE done.is_done AND f.visibility <> 'quarantined'
) facts ORDER BY at, n;

-- step: notices
-- Every step of the last year that a follower was told.
INSERT INTO matters_notice (follow_id, entry_id, created_at, sent_at)
SELECT follow.id, entry.id, entry.occurred_at, entry.occurred_at + interval '3 minutes'
FROM ledger_entry entry JOIN bench_filing f ON f.name = entry.matter JOIN matters_follow follow ON follow.matter_id = f.id
WHERE entry.occurred_at > timestamptz '@now@' - interval '365 days' AND entry.occurred_at > follow.confirmed_at;
