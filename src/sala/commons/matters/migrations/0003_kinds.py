"""Kinds of two letters, and of any name: which kinds there are is told by the boxes, not by the table."""

from django.db import migrations, models

FUNCTION = """
CREATE OR REPLACE FUNCTION matters_next_number(letter text, year integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  name text := format('matters_number_%s_%s', letter, lpad(year::text, 2, '0'));
BEGIN
  IF letter !~ '^[a-z]{1,2}$' OR year NOT BETWEEN 0 AND 99 THEN
    RAISE EXCEPTION 'no sequence for % %', letter, year;
  END IF;
  IF to_regclass(name) IS NULL THEN
    BEGIN
      EXECUTE format('CREATE SEQUENCE %I', name);
    EXCEPTION WHEN duplicate_table OR unique_violation THEN
      NULL;
    END;
  END IF;
  RETURN nextval(name::regclass);
END $$;
"""


class Migration(migrations.Migration):
    safe_because = "a function is exchanged whole, and the column keeps its type: only choices that no table knows of go"
    dependencies = [("matters", "0002_numbers")]
    operations = [
        migrations.RunSQL(FUNCTION, migrations.RunSQL.noop),
        migrations.AlterField("matter", "kind", models.CharField(max_length=20)),
    ]
