import django.contrib.postgres.fields
from django.db import migrations, models

from evidence.choices import Identity, RecordKind

# The newest word that stands on any two mentions of the pair comes first. ?key is what a record may be, !key what
# others are: two that only may be the same thing, or that both are, are no pair by it.
PAIRS = """
CREATE VIEW evidence_candidatepair AS
WITH keyed AS (
    SELECT r.id, r.kind, key FROM evidence_record r, unnest(r.identity_keys) AS key WHERE r.state = 'live'
), matched AS (
    SELECT a.kind, a.id AS left_id, b.id AS right_id, a.key
    FROM keyed a JOIN keyed b ON a.key = b.key AND a.kind = b.kind AND a.id < b.id
    WHERE left(a.key, 1) NOT IN ('?', '!')
    UNION ALL
    SELECT a.kind, LEAST(a.id, b.id), GREATEST(a.id, b.id), substr(a.key, 2)
    FROM keyed a JOIN keyed b ON b.key = '!' || substr(a.key, 2) AND a.kind = b.kind AND a.id <> b.id
    WHERE left(a.key, 1) = '?'
), pairs AS (
    SELECT kind, left_id, right_id, array_agg(DISTINCT key ORDER BY key) AS keys
    FROM matched GROUP BY kind, left_id, right_id
), words AS (
    SELECT LEAST(one.record_id, other.record_id) AS left_id, GREATEST(one.record_id, other.record_id) AS right_id,
           (array_agg(latest.identity ORDER BY latest.id DESC))[1] AS word, max(latest.id) AS judgement_id
    FROM (SELECT DISTINCT ON (left_id, right_id) id, left_id, right_id, identity
          FROM evidence_judgement ORDER BY left_id, right_id, id DESC) AS latest
    JOIN evidence_binding one ON one.mention_id = latest.left_id
    JOIN evidence_binding other ON other.mention_id = latest.right_id
    WHERE latest.identity IN ('different', 'unsure') AND one.record_id <> other.record_id
    GROUP BY 1, 2
)
SELECT pairs.left_id || '.' || pairs.right_id AS id, pairs.kind, pairs.left_id, pairs.right_id, pairs.keys,
       COALESCE(words.word, '') AS word, words.judgement_id
FROM pairs LEFT JOIN words USING (left_id, right_id)
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0004_imported_row_position")]

    operations = [
        migrations.RunSQL(PAIRS, "DROP VIEW evidence_candidatepair"),
        migrations.CreateModel(
            name="CandidatePair",
            fields=[
                ("id", models.CharField(help_text="Both ids, a dot between them.", max_length=73, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=RecordKind.choices, max_length=20)),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), help_text="The identity keys that both hold.", size=None)),
                ("word", models.CharField(blank=True, choices=Identity.choices, help_text="What an editor said: different, not sure, or nothing.", max_length=10)),
            ],
            options={"ordering": ["-right_id", "left_id"], "managed": False},
        ),
    ]
